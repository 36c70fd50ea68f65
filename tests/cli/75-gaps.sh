#!/bin/sh
# Numbers that are missing or given twice, by office, series and year; doubtful ones told apart.
. "$(dirname "$0")/tap"
plan 17

mkdir in
for n in 2/STTTT-VP 3/STTTT-TTBCXB 7/STTTT-VP; do
    dispatch "in/$(echo $n | tr / -).pdf" "$n" "Nội dung số $n."
done
dispatch in/again.pdf 3/STTTT-VP 'Một văn bản khác hẳn.'
dispatch in/plan.pdf 4/KH-STTTT 'Một kế hoạch.'
run 0 "five documents are filed" "$luutru" --archive box ingest in
run 0 "the report" "$luutru" --archive box gaps
said "... ranges are shown compactly" ' 1, 4–6 .* 3 \(#[0-9]+, #[0-9]+\)'
said "... a series of one is only counted" '1 series has too few documents'
run 0 "for programs" "$luutru" --archive box gaps --json
json "... ranges, counts and the double one" \
    '(lambda s: s["missing"] == [[1, 1], [4, 6]] and s["missing_count"] == 4 and s["last"] == 7 and s["year"] == 2023
      and [d["number"] for d in s["double"]] == ["3"] and len(s["double"][0]["documents"]) == 2)(rows[0]["series"][0])'
"$PYTHON" -c 'import sqlite3
db = sqlite3.connect("box/archive.db")
id, = db.execute("SELECT id FROM document WHERE code_number = ?", ("7",)).fetchone()
db.execute("INSERT INTO doubt VALUES (?, 99, ?, ?)", (id, "number", "low-confidence"))
db.execute("UPDATE document SET needs_review = 1 WHERE id = ?", (id,))
db.commit()'
run 0 "when the last number is doubtful" "$luutru" --archive box gaps --json --from-lowest
json "... it makes no gap, and is told" \
    '(lambda s: s["missing"] == [] and s["last"] == 3 and s["doubtful"][0]["number"] == "7")(rows[0]["series"][0])'
run 0 "for spreadsheets" "$luutru" --archive box gaps --csv --least 1
check "... every series" "$PYTHON" - "$OUT" <<'PYTHON'
import csv, sys
raw = open(sys.argv[1], "rb").read()
rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
sys.exit(0 if raw.startswith(b"\xef\xbb\xbf") and len(rows) == 2 and rows[1]["missing"] == "1–3" else 1)
PYTHON
run 0 "by notation" "$luutru" --archive box gaps --json --series notation --least 1
json "... each by itself" 'sorted(s["notation"] for s in rows[0]["series"]) == ["KH-STTTT", "STTTT-TTBCXB", "STTTT-VP"]'
run 1 "a year without documents" "$luutru" --archive box gaps --year 1999
run 2 "a series that is none" "$luutru" --archive box gaps --series colour

TERM=xterm
export TERM
run 0 "on a narrow terminal" "$PYTHON" "$TOP/tests/cli/pty-run.py" 80 "$luutru" --archive box gaps
said "... the numbers stand under their row" '^ +missing: 1'
check "... and no line is wider" "$PYTHON" - "$OUT" <<'PYTHON'
import re, sys
lines = re.sub(r"\x1b\[[0-9;]*m", "", open(sys.argv[1], encoding="utf-8").read()).splitlines()
sys.exit(0 if lines and max(map(len, lines)) <= 80 else 1)
PYTHON
