#!/bin/sh
# What search finds and how it says so.
. "$(dirname "$0")/tap"
plan 27

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB "Về việc thi hành Quyết định số 12/QĐ-UBND."
dispatch in/b.pdf 1759/STTTT-VP "Về việc mua sắm máy tính."
run 0 "two documents are filed" "$luutru" --archive box ingest --json in
json "... both" 'rows[-1]["filed"] == 2'

run 0 "words without marks find words with them" "$luutru" --archive box search --json quyet dinh
json "... in one object with the design's keys" \
    'set(rows[0]) >= {"query", "total", "total_exact", "ignored", "suggestion", "facets", "results"}'
json "... exactly the document that has them" \
    'rows[0]["total"] == 1 and rows[0]["results"][0]["number"] == "1758/STTTT-TTBCXB"'
run 0 "a whole number is found" "$luutru" --archive box search --json 1758/STTTT-TTBCXB
json "... first" 'rows[0]["results"][0]["number"] == "1758/STTTT-TTBCXB"'
run 0 "the number alone is found" "$luutru" --archive box search --json 1759
json "... first" 'rows[0]["results"][0]["number"] == "1759/STTTT-VP"'
run 0 "letters of an issuer find both" "$luutru" --archive box search --json --limit 1 stttt
json "... of which --limit shows one" 'rows[0]["total"] == 2 and len(rows[0]["results"]) == 1'
run 0 "a month has its documents" "$luutru" --archive box search --from 09/2023 --to 2023-09
run 1 "another month has none" "$luutru" --archive box search --from 10/2023
said "... which is said" "Nothing found"
run 1 "a word that stands nowhere" "$luutru" --archive box search zzzunheardof
run 1 "json is written also for nothing" "$luutru" --archive box search --json zzzunheardof
json "... as an empty list" 'rows[0]["results"] == []'
run 0 "a table for people" "$luutru" --archive box search may tinh
said "... has the number, the date and the type" '#[0-9]+\??  1759/STTTT-VP +2023-09-18  Công văn'
run 0 "--csv gives a line of names and one a document" "$luutru" --archive box search --csv stttt
check "... so three lines" test "$(wc -l <"$OUT")" -eq 3
run 0 "--offset leaves out" "$luutru" --archive box search --offset 1 stttt
run 0 "a page of results" "$luutru" --archive box search --limit 1 stttt
said "... tells how to go on in the same state of the archive" '^.*More with --offset 1 --newest 2$'
TERM=xterm
export TERM
"$luutru" --archive box correct id:2 issuer='Sở Văn hóa, Thể thao và Du lịch' >/dev/null
run 0 "on a narrow terminal" "$PYTHON" "$TOP/tests/cli/pty-run.py" 60 "$luutru" --archive box search --limit 1 tuyen truyen
said "... what is found is counted by issuer" '^Issuers: Sở'
check "... in lines no wider" "$PYTHON" - "$OUT" <<'PYTHON'
import re, sys
lines = re.sub(r"\x1b\[[0-9;]*m", "", open(sys.argv[1], encoding="utf-8").read()).splitlines()
sys.exit(0 if max(map(len, lines)) <= 60 else 1)
PYTHON
