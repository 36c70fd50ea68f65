#!/bin/sh
# What needs an eye is listed worst first, each with the reason, and counted.
. "$(dirname "$0")/tap"
plan 15

mkdir in
dispatch in/good.pdf 1/STTTT-VP
dispatch in/blank.pdf "      /STTTT-TTBCXB" "Nội dung khác."
run 0 "two documents are filed" "$luutru" --archive box ingest in
run 0 "review" "$luutru" --archive box review
said "... says why it comes first" '^Without a sure number or date'
said "... and what is wrong, in words" 'Number: was not found'
said "... and where it was looked for" '1  +/STTTT-TTBCXB'
said "... and how many wait" '^1 document waits for review'
run 0 "review for programs" "$luutru" --archive box review --json
json "... counts, and gives the document with its doubts" \
    '(rows[0]["total"] == 1 and rows[0]["results"][0]["class"] == "number-or-date"
     and {"field": "number", "code": "missing"} in rows[0]["results"][0]["doubts"])'
id=$("$PYTHON" -c 'import json,sys; print(json.load(open(sys.argv[1]))["results"][0]["id"])' "$OUT")
run 0 "a query that fits nothing in doubt" "$luutru" --archive box review --from 1990 --to 1991
said "... finds nothing to do" '^Nothing waits'
run 2 "a limit below 0" "$luutru" --archive box review --limit=-1
run 0 "its number is put right" "$luutru" --archive box correct "id:$id" number=77/STTTT-TTBCXB
run 0 "review after that" "$luutru" --archive box review
said "... is empty" '^Nothing waits'
run 3 "an archive that is not there" "$luutru" --archive none review
