#!/bin/sh
# The same bytes are filed once; a second run does nothing and says so; a changed file is new.
. "$(dirname "$0")/tap"
plan 15

mkdir in
dispatch in/a.pdf 1/STTTT-VP
cp in/a.pdf in/copy.pdf
run 0 "two files with the same bytes" "$luutru" --archive box ingest --json in
json "one is filed, one is a duplicate" 'rows[-1]["filed"] == 1 and rows[-1]["duplicate"] == 1'
json "the duplicate names the document" \
    '[r["id"] for r in rows if r.get("outcome") == "duplicate"] == [r["id"] for r in rows if r.get("outcome") == "filed"]'
run 0 "the archive holds one document" "$luutru" --archive box status --json
json "... and both files in its ledger" \
    'rows[0]["documents"] == 1 and rows[0]["ledger"]["filed"] == 1 and rows[0]["ledger"]["duplicate"] == 1'
run 0 "a second run" "$luutru" --archive box ingest in
said "... says that there is nothing to do" "Nothing to do"
run 0 "... and in JSON" "$luutru" --archive box ingest --json in
json "... that both are unchanged" 'rows[-1]["unchanged"] == 2 and rows[-1]["pages"] == 0'

dispatch in/a.pdf 2/STTTT-VP
touch -d 2030-01-01 in/a.pdf
run 0 "a file with new bytes under an old name" "$luutru" --archive box ingest --json in
json "... is filed" 'rows[-1]["filed"] == 1 and rows[-1]["unchanged"] == 1'
run 0 "the old one is still there" "$luutru" --archive box show 1/STTTT-VP

cp in/a.pdf in/third.pdf
run 0 "a dry run" "$luutru" --archive box ingest --dry-run in
run 0 "... writes nothing" "$luutru" --archive box status --json
json "... into the ledger either" 'sum(rows[0]["ledger"].values()) == 3'
