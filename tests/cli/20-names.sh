#!/bin/sh
# Names that are not UTF-8, that hold line breaks or that could steer a terminal are taken like any other,
# and shown on one line, escaped.
. "$(dirname "$0")/tap"
plan 20

mkdir in
dispatch a.pdf 1/STTTT-VP
dispatch b.pdf 2/STTTT-VP
dispatch c.pdf 3/STTTT-VP
cp a.pdf "$(printf 'in/c\344t.pdf')"
cp b.pdf "$(printf 'in/two\nlines.pdf')"
cp c.pdf "$(printf 'in/\033[31mred.pdf')"

run 0 "all are filed" "$luutru" --archive box ingest --json in
json "... three of them" 'rows[-1]["filed"] == 3'
json "a byte that is not UTF-8 is shown as its number" 'any(p and p.endswith("in/c\\xE4t.pdf") for p in files)'
json "a line break and an escape are JSON's own" \
    'all(any(p and p.endswith(end) for p in files) for end in ("in/two\nlines.pdf", "in/\x1b[31mred.pdf"))'
run 0 "export names them" "$luutru" --archive box export
json "... in the same way" \
    'sorted(r["source"].rsplit("/in/")[-1] for r in rows) == ["\x1b[31mred.pdf", "c\\xE4t.pdf", "two\nlines.pdf"]'
run 0 "a run for people" "$luutru" --archive other ingest in
said "... has a line break on one line, as its number" 'filed: .*in/two\\x0Alines\.pdf'
said "... and an escape too" 'filed: .*in/\\x1B\[31mred\.pdf'
run 0 "the next run knows them again" "$luutru" --archive box ingest --json in
json "... and does nothing" 'rows[-1]["unchanged"] == 3 and rows[-1]["filed"] == 0'
run 1 "a name that is not there" "$luutru" --archive box ingest "$(printf 'no\033[2Jne\377')"
check "... is shown without steering the terminal" sh -c '! grep -q "$(printf "\033")" "$0" "$1"' "$OUT" "$ERR"

# A folder that was renamed takes what lies deep in it beyond the longest path that can be opened.
name=$(printf '%0200d' 0)
mkdir -p deep/in
(cd deep/in && i=0 && while [ $i -lt 21 ]; do mkdir "$name" && cd -P "$name" && i=$((i + 1)); done && cp "$DIR/a.pdf" . &&
    cp "$DIR/b.pdf" "$DIR/deep/in") 2>/dev/null
run 1 "a path that is too long" "$luutru" --archive deep/box ingest --json deep/in
json "... costs no other file" 'rows[-1]["filed"] == 1 and rows[-1]["quarantined"] == 1'
json "... and says what to do" 'any("shorter names" in (r.get("reason") or "") for r in rows)'
run 0 "... it is in quarantine" "$luutru" --archive deep/box quarantine list
said "... with its reason" "longer than 4095 bytes"
run 0 "the next run knows it again" "$luutru" --archive deep/box ingest --json deep/in
json "... and does nothing" 'rows[-1]["unchanged"] == 2 and rows[-1]["quarantined"] == 0'
