#!/bin/sh
# export: JSON lines, CSV that no spreadsheet runs, XLSX that opens.
. "$(dirname "$0")/tap"
plan 20

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB
dispatch in/b.pdf 1759/STTTT-VP "Nội dung." '=1+1 kinh phí "năm", 2023'
run 0 "two documents are filed" "$luutru" --archive box ingest in
run 0 "JSON lines" "$luutru" --archive box export --text
json "... a line a document, by id" '[r["id"] for r in rows] == sorted(r["id"] for r in rows) and len(rows) == 2'
json "... with the keys of the design" 'set("""id revision sha256 source status needs_review doubts number
    code_number code_notation issued_date place issuer issuer_as_printed parent_issuer type subject signer
    signer_title signer_authority to recipients urgency secrecy references duplicates confidence candidates evidence
    page_count pages""".split()) <= set(rows[0])'
json "... and the text of the pages" 'any("tuyên truyền" in r["pages"][0]["text"] for r in rows)'
run 0 "without --text there are none" "$luutru" --archive box export
json "... pages" '"pages" not in rows[0]'
run 0 "a query narrows it" "$luutru" --archive box export 1759/STTTT-VP
json "... to what it finds" '[r["number"] for r in rows][:1] == ["1759/STTTT-VP"]'
run 1 "a query that finds nothing ends with 1" "$luutru" --archive box export zzzunheardof

run 0 "CSV to a file" "$luutru" --archive box export --format csv --text -o all.csv
check "... reads as CSV, every row as long as the first" "$PYTHON" - <<'PYTHON'
import csv, sys
with open("all.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.reader(file))
sys.exit(0 if len(rows) == 3 and len({len(row) for row in rows}) == 1 and "text" in rows[0] else 1)
PYTHON
check "... a value that a spreadsheet would run has an apostrophe in front" \
    grep -q "\"'=1+1 kinh phí \"\"năm\"\", 2023\"" all.csv
check "... its lines end as RFC 4180 asks" sh -c 'head -n1 all.csv | od -c | grep -q "\\\\r  *\\\\n"'
run 0 "XLSX to a file" "$luutru" --archive box export --format xlsx -o all.xlsx
check "... is a workbook with the values, and the day as a number" "$PYTHON" - <<'PYTHON'
import re, sys, zipfile
book = zipfile.ZipFile("all.xlsx")
text = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))
sys.exit(0 if "1758/STTTT-TTBCXB" in text and re.search(r"<v>45187</v>", text) else 1)
PYTHON
run 0 "XLSX to a pipe" "$luutru" --archive box export --format xlsx
check "... is one too" "$PYTHON" -c 'import sys, zipfile; sys.exit(not zipfile.is_zipfile(sys.argv[1]))' "$OUT"
run 4 "a file that cannot be written" "$luutru" --archive box export -o /proc/none/all.jsonl
check "no partial file stays behind" sh -c '! ls | grep -q "all\..*\..\{6\}$"'
