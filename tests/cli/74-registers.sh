#!/bin/sh
# The registers of Decree 30/2020 as CSV, XLSX and PDF, and its metadata set; nothing secret in any of them.
. "$(dirname "$0")/tap"
plan 59

mkdir in
dispatch in/a.pdf 12/STTTT-VP 'Nội dung một.' '=1+1 kinh phí'
dispatch in/b.pdf 2/STTTT-VP 'Nội dung hai.' 'triển khai hạ tầng số'
dispatch in/c.pdf 30/STTTT-VP 'Nội dung ba.' 'chuyện kín đáo'
run 0 "three documents are filed" "$luutru" --archive box ingest in
id() { "$luutru" --archive box show --json "$1" | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])'; }
a=$(id 12/STTTT-VP)
b=$(id 2/STTTT-VP)
c=$(id 30/STTTT-VP)
"$luutru" --archive box correct "id:$c" secrecy=MẬT >/dev/null 2>&1
"$PYTHON" - "$b" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect("box/archive.db")
db.execute("INSERT INTO stamp VALUES (?, 0, 'arrival', NULL, '77', '2023-09-20', NULL, NULL, 1, 0, 0, 0, 0)", sys.argv[1:])
db.execute("INSERT INTO recipient VALUES (?, 0, 'Như trên'), (?, 1, 'Lưu: VT, VP')", (sys.argv[1],) * 2)
db.commit()
PYTHON
table() { # WHAT EXPRESSION: of rows, the lines of the CSV in $OUT
    "$PYTHON" - "$OUT" "$2" <<'PYTHON'
import csv, sys
raw = open(sys.argv[1], "rb").read()
rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
sys.exit(0 if raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n") and eval(sys.argv[2]) else 1)
PYTHON
    verdict $? "$1"
}

run 0 "the documents of a search" "$luutru" --archive box register muc-luc-van-ban --issuer STTTT
said "... and what is left out is said" '1 document is marked secret and left out'
table "... in the columns of the decree" \
    'rows[0] == ["STT", "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản", "Tác giả văn bản", "Tờ số/ Trang số", "Ghi chú"]'
table "... by day and number, without what is secret" '[r[1] for r in rows[1:]] == ["2/STTTT-VP", "12/STTTT-VP"]'
table "... days as they are written, type before the subject" 'rows[1][2:4] == ["18/09/2023", "Công văn: triển khai hạ tầng số"]'
run 0 "what went out" "$luutru" --archive box register so-van-ban-di
table "... is what bears no stamp of arrival" '[r[0] for r in rows[1:]] == ["12/STTTT-VP"] and len(rows[0]) == 10'
run 0 "what the office issued" "$luutru" --archive box register so-van-ban-di --office 'Sở Thông tin và Truyền thông'
table "... all of it" '[r[0] for r in rows[1:]] == ["2/STTTT-VP", "12/STTTT-VP"] and rows[1][4:6] == ["Các cơ quan, đơn vị trong tỉnh", "VT, VP"]'
run 0 "what came in" "$luutru" --archive box register so-van-ban-den --year 2023
table "... with number and day of arrival" 'len(rows) == 2 and rows[1][:2] == ["20/09/2023", "77"] and rows[1][3] == "2/STTTT-VP"'
said "... the others are counted" '1 document found is none of those that came in'
run 1 "nothing of that year" "$luutru" --archive box register so-van-ban-den --year 2020
check "... and nothing secret of that year either" sh -c '! grep -q secret "$0"' "$ERR"
"$luutru" --archive box correct "id:$a" subject='=SUM(A1) và "nháy"' >/dev/null
run 0 "a value that a spreadsheet would run" "$luutru" --archive box register muc-luc-van-ban 12/STTTT-VP
table "... stands behind the type" 'rows[1][3] == "Công văn: =SUM(A1) và \"nháy\""'
"$luutru" --archive box correct "id:$a" type= >/dev/null
run 0 "and alone" "$luutru" --archive box register muc-luc-van-ban 12/STTTT-VP
table "... behind an apostrophe" 'rows[1][3].startswith("\x27=SUM")'

"$luutru" --archive box dossier new 01.TH --year 2023 --title 'Hồ sơ thử' --retention '20 năm' >/dev/null
"$luutru" --archive box dossier add 01.TH "id:$a" "id:$b" >/dev/null
run 0 "the dossiers" "$luutru" --archive box register muc-luc-ho-so --year 2023
table "... with days, retention and pages" 'rows[1] == ["1", "01.TH", "Hồ sơ thử", "18/09/2023", "20 năm", "2", ""]'
run 2 "dossiers are not found by words of documents" "$luutru" --archive box register muc-luc-ho-so kinh phí
said "... which is said" 'no query'
run 2 "a dossier is listed whole" "$luutru" --archive box register muc-luc-van-ban --dossier 01.TH --from 2030
run 2 "... its metadata too" "$luutru" --archive box export -f metadata-csv --dossier 01.TH --from 2030
run 0 "one of them" "$luutru" --archive box register muc-luc-van-ban --dossier 01.TH
table "... in its order, its pages counted on" '[(r[0], r[1], r[5]) for r in rows[1:]] == [("1", "12/STTTT-VP", "1"), ("2", "2/STTTT-VP", "2")]'
run 0 "as a workbook" "$luutru" --archive box register muc-luc-van-ban --dossier 01.TH -f xlsx -o list.xlsx
check "... laid out for paper, days as dates" "$PYTHON" - <<'PYTHON'
import re, sys, zipfile
book = zipfile.ZipFile("list.xlsx")
text = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))
sys.exit(0 if "MỤC LỤC VĂN BẢN" in text and "Số, ký hiệu hồ sơ: 01.TH" in text and 'orientation="landscape"' in text
         and re.search(r"<v>45187</v>", text) and "Print_Titles" in text else 1)
PYTHON
run 0 "on paper" "$luutru" --archive box register muc-luc-van-ban --dossier 01.TH -f pdf -o list.pdf
pdftotext -layout list.pdf list.txt
check "... title, code, year and rows" sh -c 'grep -q "MỤC LỤC VĂN BẢN, TÀI LIỆU" list.txt && grep -q "hồ sơ: 01.TH" list.txt && grep -q "12/STTTT-VP" list.txt'
check "... A4 across" sh -c 'pdfinfo list.pdf | grep -q "841.89 x 595"'
check "... in letters of the measure prescribed, embedded" sh -c 'pdffonts list.pdf | tail -n +3 | grep -qv Tinos && exit 1; pdffonts list.pdf | grep -q Tinos'
run 0 "a book on paper" "$luutru" --archive box register so-van-ban-di --office 'Sở Thông tin và Truyền thông' --parent 'UBND tỉnh Cao Bằng' --year 2023 -f pdf -o book.pdf
pdftotext -layout -l 1 book.pdf cover.txt
check "... has a cover as the decree prints it" sh -c 'grep -q "SỔ ĐĂNG KÝ VĂN BẢN ĐI" cover.txt && grep -q "Từ số 2 đến số 12" cover.txt && grep -q "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" cover.txt && grep -q "UBND TỈNH CAO BẰNG" cover.txt'
run 2 "a PDF is not for a terminal's eyes, nor another format" "$luutru" --archive box register muc-luc-ho-so -f doc
run 2 "a query with a day that does not exist" "$luutru" --archive box register muc-luc-van-ban STTTT ngay:30/2/2023
for command in gaps review reread "export -f metadata-xml"; do
    run 2 "... nor for $command" "$luutru" --archive box $command STTTT ngay:30/2/2023
done
run 2 "a register that is none" "$luutru" --archive box register so-cai
run 2 "a dossier where none is meant" "$luutru" --archive box register so-van-ban-di --dossier 01.TH
run 1 "a dossier that is not there" "$luutru" --archive box register muc-luc-van-ban --dossier 99
"$PYTHON" - <<'PYTHON'
import sqlite3
db = sqlite3.connect("box/archive.db")
names = [c[1] for c in db.execute("PRAGMA table_info(document)") if c[1] != "id"]
row = dict(zip(names, db.execute(f"SELECT {','.join(chr(34)+n+chr(34) for n in names)} FROM document WHERE secrecy IS NULL").fetchone()))
for i in range(400):
    row.update(sha256=f"{i:064x}", subject="Về việc " + ("rất dài " * 700 if i == 7 else "thử in"))
    db.execute(f"INSERT INTO document ({','.join(chr(34)+n+chr(34) for n in names)}) VALUES ({','.join('?' * len(names))})", [row[n] for n in names])
db.commit()
PYTHON
run 0 "four hundred rows, one of them longer than a page" "$luutru" --archive box register muc-luc-van-ban -f pdf -o long.pdf
pdftotext -layout long.pdf long.txt
check "... headings on every page, numbers from the second on, no row lost" "$PYTHON" - <<'PYTHON'
import re, sys
pages = open("long.txt", encoding="utf-8").read().split("\f")[:-1]
heads = all("Ghi chú" in p and "(7)" in p for p in pages)
numbered = all(re.match(rf"\s*{n}\n", p) for n, p in enumerate(pages, 1) if n > 1)
rows = {int(m) for p in pages for m in re.findall(r"^\s*(\d+)\s+\d+/STTTT", p, re.M)}
sys.exit(0 if heads and numbered and rows == set(range(1, 403)) and "".join(pages).count("rất dài") > 600 else 1)
PYTHON

run 0 "the metadata of a dossier" "$luutru" --archive box export --format metadata-csv --dossier 01.TH
table "... by the names of the decree" \
    '[rows[0][i] for i in (2, 3, 5, 6, 7, 14)] == ["FileCode.FileNotation", "DocOrdinal", "CodeNumber", "CodeNotation", "IssuedDate", "ArrivalNumber"]'
table "... in its order" '[(r[2], r[3], r[5]) for r in rows[1:]] == [("01.TH", "1", "12"), ("01.TH", "2", "2")] and rows[2][13:15] == ["20/09/2023", "77"]'
run 1 "values too long" "$luutru" --archive box export --format metadata-xml -o all.xml
said "... are told with both lengths" 'Subject has [0-9]+ signs, and Decree 30/2020/NĐ-CP allows 500'
check "... written whole, and secret ones left out" "$PYTHON" - <<'PYTHON'
import sys, xml.etree.ElementTree as tree
documents = tree.parse("all.xml").getroot().findall("Document")
subjects = [d.findtext("Subject") for d in documents]
sys.exit(0 if max(map(len, subjects)) > 5000 and "chuyện kín đáo" not in subjects and len(documents) == 402
         and any([t.text for t in d.findall("To/OrganName")] == ["Các cơ quan, đơn vị trong tỉnh", "Lưu: VT, VP"] for d in documents) else 1)
PYTHON
run 0 "the metadata of dossiers" "$luutru" --archive box dossier list --csv
table "... by the names of the decree" \
    '(rows[1] == ["", "2023", "01.TH", "Hồ sơ thử", "20 năm", "", "", "", "18/09/2023", "18/09/2023", "2", "2", ""]
      and rows[0] == "FileCode.OrganId FileCode.FileCatalog FileCode.FileNotation Title Maintenance Rights Creator Language StartDate EndDate DocTotal PageTotal Description".split())'
run 0 "... and as XML" "$luutru" --archive box dossier list --xml
check "... the same" "$PYTHON" -c 'import sys, xml.etree.ElementTree as tree
d, = tree.parse(sys.argv[1]).getroot().findall("Dossier")
sys.exit(0 if d.findtext("FileCode/FileNotation") == "01.TH" and d.findtext("DocTotal") == "2" else 1)' "$OUT"
run 2 "... not both" "$luutru" --archive box dossier list --xml --csv
run 2 "--dossier goes with metadata" "$luutru" --archive box export --dossier 01.TH
check "the program itself links none of what sets paper" sh -c '! ldd "$0" | grep -qE "pango|cairo|tesseract|poppler|lept"' "$luutru"
