#!/bin/sh
# Tiny files that ask for much time or memory get little of either, and the files beside them are filed.
. "$(dirname "$0")/tap"
plan 6

mkdir in
check "the bombs are made" "$PYTHON" "$TOP/tests/cli/bombs.py" in
dispatch in/good-1.pdf 1758/STTTT-TTBCXB
dispatch in/good-2.pdf 20/CV-BCĐNQ
# Time is a page's, twice where a page fails; and a run that hangs fails here.
timeout 600 "$luutru" --archive box ingest --json --page-deadline 4 in >"$OUT" 2>"$ERR"
check "the run comes to its end" test $? -le 1
json "each file is in one of the ends that there are" \
    'len(files) >= 19 and all(r["outcome"] in ("filed", "quarantined", "duplicate") for p, r in files.items() if p)'
json "what is quarantined has a reason" \
    'all(r["reason"] for p, r in files.items() if p and r["outcome"] == "quarantined")'
json "the good ones are filed" \
    'all(any(p and p.endswith(name) and r["outcome"] == "filed" for p, r in files.items()) for name in ("good-1.pdf", "good-2.pdf"))'
run 0 "the archive is whole" "$luutru" --archive box verify
