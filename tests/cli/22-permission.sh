#!/bin/sh
# A folder or file without permission, and a path that is gone, cost themselves only.
. "$(dirname "$0")/tap"
plan 11

mkdir in in/closed
dispatch in/a.pdf 1/STTTT-VP
dispatch in/closed/b.pdf 2/STTTT-VP
dispatch in/c.pdf 3/STTTT-VP
chmod 000 in/closed in/c.pdf
chmod 755 "$DIR"
mkdir -m 777 boxes

if as_user test -x "$luutru" && as_user test -r "$DIR/in"; then
    run 1 "what may not be read makes exit 1" as_user "$luutru" --archive boxes/1 ingest --json in
    json "the rest is filed" 'rows[-1]["filed"] == 1'
    json "the folder is named with a reason" \
        'any(p and p.endswith("in/closed") and r["outcome"] == "failed" and r["reason"] for p, r in files.items())'
    json "the file too" \
        'any(p and p.endswith("in/c.pdf") and r["outcome"] == "failed" and r["reason"] for p, r in files.items())'
else
    skip 4 "no user that permissions bind can reach the program"
fi

run 1 "a path that is gone makes exit 1" "$luutru" --archive boxes/2 ingest --json in/a.pdf in/gone.pdf
json "the other is filed" 'rows[-1]["filed"] == 1'
json "the one that is gone is named with a reason" \
    'any(p and p.endswith("in/gone.pdf") and r["outcome"] == "failed" and r["reason"] for p, r in files.items())'
run 1 "only paths that are gone" "$luutru" --archive boxes/3 ingest in/gone.pdf
said "... are named" "gone.pdf"
run 0 "an empty folder is no error" sh -c 'mkdir none && "$1" --archive boxes/4 ingest none' sh "$luutru"
said "... and is said to hold nothing" "^0 files"
