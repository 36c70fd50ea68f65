#!/bin/sh
# A dossier leaves as a folder and comes back whole: values that were put right, order, checksums. What was
# tampered with is refused before anything is taken.
. "$(dirname "$0")/tap"
plan 74

mkdir in
for n in 1 2 3; do
    dispatch "in/$n.pdf" "$n/STTTT-VP" "Nội dung số $n."
done
run 0 "three documents are filed" "$luutru" --archive box ingest --json in
"$luutru" --archive box dossier new 'Đ/01.TH' --year 2023 --title 'Hồ sơ <một> & "hai"' --retention 'Vĩnh viễn' >/dev/null
"$luutru" --archive box dossier add 'Đ/01.TH' --issuer STTTT >/dev/null
id=$("$luutru" --archive box show --json 2/STTTT-VP | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])')
"$luutru" --archive box correct "id:$id" subject='=SUM(1) đã sửa' number=22/STTTT-VP issued_date=2023-09-19 --by Lan >/dev/null
"$luutru" --archive box dossier order 'Đ/01.TH' "id:$id" 1
run 0 "exported" "$luutru" --archive box dossier export 'Đ/01.TH' out
run 2 "not over what is there" "$luutru" --archive box dossier export 'Đ/01.TH' out
check "sha256sum agrees" sh -c 'cd out && sha256sum --quiet -c SHA256SUMS'
check "originals byte for byte, in order, under plain names" sh -c 'cmp out/files/D_01.TH.001.pdf in/2.pdf && cmp out/files/D_01.TH.002.pdf in/1.pdf'
check "a second export has the same bytes" sh -c '"$0" --archive box dossier export "Đ/01.TH" out2 && diff -r out out2' "$luutru"
check "the XML is one, with the names of the decree" "$PYTHON" - <<'PYTHON'
import sys, xml.etree.ElementTree as tree
root = tree.parse("out/dossier.xml").getroot()
first = root.find("Documents/Document")
sys.exit(0 if root.findtext("Title") == 'Hồ sơ <một> & "hai"' and root.findtext("FileCode/FileNotation") == "Đ/01.TH"
         and root.findtext("Maintenance") == "Vĩnh viễn" and first.findtext("CodeNumber") == "22"
         and first.findtext("IssuedDate") == "19/09/2023" and root.findtext("DocTotal") == "3" else 1)
PYTHON
check "the CSV opens in spreadsheets, and runs nothing" "$PYTHON" - <<'PYTHON'
import csv, sys
raw = open("out/index.csv", "rb").read()
rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
sys.exit(0 if raw.startswith(b"\xef\xbb\xbf") and len(rows) == 3 and rows[0]["Subject"] == "'=SUM(1) đã sửa" else 1)
PYTHON

run 3 "an archive must be there" "$luutru" --archive new import out
dispatch in/other.pdf 9/STTTT-VP
"$luutru" --archive new ingest in/other.pdf >/dev/null 2>&1
run 0 "a dry run" "$luutru" --archive new import --dry-run out
run 0 "imported" "$luutru" --archive new import out --by Minh
said "... what was done is told" '3 documents put in, 3 corrections taken over'
run 0 "the dossier" "$luutru" --archive new dossier show 'Đ/01.TH' --json
json "... is as it was" \
    '(rows[0]["title"] == "Hồ sơ <một> & \"hai\"" and rows[0]["retention"] == "Vĩnh viễn" and rows[0]["year"] == 2023
      and [i["number"] for i in rows[0]["items"]] == ["22/STTTT-VP", "1/STTTT-VP", "3/STTTT-VP"])'
run 0 "the corrected document" "$luutru" --archive new show 22/STTTT-VP --json
json "... has its values, who and when" \
    '(rows[0]["subject"] == "=SUM(1) đã sửa" and rows[0]["issued_date"] == "2023-09-19" and rows[0]["confidence"]["subject"] == 1
      and {c["by"] for c in rows[0]["corrections"]} == {"Lan"})'
run 0 "the ledger has every file" "$luutru" --archive new status --json
json "... of it" 'rows[0]["documents"] == 4'
"$luutru" --archive new export --text >before
cp new/archive.db before.db
run 0 "imported again" "$luutru" --archive new import out
said "... nothing is done" '0 documents put in, 0 corrections taken over'
"$luutru" --archive new export --text >after
check "... and nothing is changed" cmp before after
check "... in the ledger neither" "$PYTHON" - <<'PYTHON'
import sqlite3, sys
def rows(path):
    return sqlite3.connect(path).execute("SELECT * FROM ledger ORDER BY id").fetchall()
sys.exit(0 if rows("before.db") == rows("new/archive.db") else 1)
PYTHON
"$luutru" --archive new correct 'id:2' subject='sửa sau' >/dev/null 2>&1
run 0 "and again after a later correction here" "$luutru" --archive new import out
check "... which stands" sh -c '"$0" --archive new show id:2 --json | grep -q "\"subject\":\"sửa sau\""' "$luutru"

# Each of these is refused with its reason, and the archive stays as it is.
"$luutru" --archive other ingest in/other.pdf >/dev/null 2>&1
spoil() { # WHAT PATTERN COMMAND: in a copy of the package
    rm -rf bad
    cp -r out bad
    (cd bad && eval "$3")
    before=$(cat other/archive.db other/archive.db-wal 2>/dev/null | sha256sum)
    run 2 "$1" "$luutru" --archive other import bad
    said "... says so" "$2"
    test "$before" = "$(cat other/archive.db other/archive.db-wal 2>/dev/null | sha256sum)" || echo "# the archive was changed"
}
resum() { echo 'sha256sum files/* dossier.xml index.csv >SHA256SUMS'; }
first=files/D_01.TH.001.pdf
spoil "one changed byte" "'$first' was changed: its SHA-256 is" "printf x | dd of=$first bs=1 seek=100 conv=notrunc 2>/dev/null"
spoil "a file that is missing" "'$first' is missing" "rm $first"
spoil "a link for a file" "is a link" "cp $first ../real.pdf; rm $first; ln -s ../../real.pdf $first"
spoil "a folder for a file" "no regular file" "rm $first; mkdir $first"
spoil "a pipe for a file" "no regular file" "rm $first; mkfifo $first"
spoil "a path that leads out in the list" "outside the package" "echo \"\$(sha256sum </etc/passwd | cut -c1-64)  ../../etc/passwd\" >>SHA256SUMS"
spoil "a path that leads out in the XML" "outside the package" "sed -i 's|$first|files/../../in/1.pdf|' dossier.xml; $(resum)"
spoil "an absolute path" "outside the package" "sed -i 's|\"$first|\"/etc/passwd|' dossier.xml; $(resum)"
spoil "XML that is cut" "'dossier.xml' cannot be read" "truncate -s 900 dossier.xml; $(resum)"
spoil "other XML" "no dossier that this luutru can read" "echo '<a><b/></a>' >dossier.xml; $(resum)"
spoil "CSV that is none" "'index.csv' cannot be read: line 2" "printf 'a,b\r\n\"x,y' >index.csv; $(resum)"
spoil "an index that lists others" "do not list the same" "sed -i 2d index.csv; $(resum)"
spoil "a sum that XML and list disagree about" "disagree|do not list the same" "sed -i 's/sha256=\"[0-9a-f]*/sha256=\"$(printf '%064d' 0)/' dossier.xml; $(resum)"
spoil "a huge index" "too big" "truncate -s 70M index.csv; $(resum)"
check "nothing of all that was taken in" sh -c 'test "$("$0" --archive other export | wc -l)" -eq 1 && test "$("$0" --archive other dossier list --json | wc -l)" -eq 0' "$luutru"

"$luutru" --archive other dossier new 'Đ/01.TH' --year 2023 --title 'Một hồ sơ khác' >/dev/null
run 2 "another dossier under that code" "$luutru" --archive other import out
said "... is named" "another dossier with the code 'Đ/01.TH' of that year, 'Một hồ sơ khác'"
"$luutru" --archive new remove id:3 --reason 'thu hồi' >/dev/null
run 2 "a document that was removed here does not come back" "$luutru" --archive new import out

# A document that the other archive holds back keeps the dossier waiting; so does a dossier that was closed there.
dispatch in/secret.pdf 40/STTTT-VP 'TUYỆT MẬT|Phương án diễn tập.'
"$luutru" --archive box ingest in/secret.pdf >/dev/null 2>&1
"$luutru" --archive box quarantine release in/secret.pdf --reason 'đã giải mật' >/dev/null
"$luutru" --archive box dossier add 'Đ/01.TH' "id:$("$luutru" --archive box show --json 40/STTTT-VP | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])')" >/dev/null
run 0 "exported with a document that was released" "$luutru" --archive box dossier export 'Đ/01.TH' wider
"$luutru" --archive third ingest in/other.pdf >/dev/null 2>&1
run 1 "the other archive holds it back" "$luutru" --archive third import wider
said "... and says that the dossier is not made" "'files/D_01.TH.004.pdf' is not filed: the dossier is not made"
check "... nor is it" sh -c 'test "$("$0" --archive third dossier list --json | wc -l)" -eq 0' "$luutru"
"$luutru" --archive third quarantine release wider/files/D_01.TH.004.pdf --reason 'đã giải mật' >/dev/null
run 0 "once it is released there" "$luutru" --archive third import wider
said "... the whole dossier is made" '4 documents put in'
"$luutru" --archive third dossier remove 'Đ/01.TH' "id:$("$luutru" --archive third show --json 40/STTTT-VP | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])')"
"$luutru" --archive third dossier close 'Đ/01.TH' --by Minh
run 2 "a dossier that was closed there takes nothing more" "$luutru" --archive third import wider
said "... and says who closed it" 'closed by Minh'
"$luutru" --archive third dossier close 'Đ/01.TH' --reopen
run 0 "until it is opened again" "$luutru" --archive third import wider

# What would be refused in the end is refused before anything is taken.
dispatch in/new.pdf 50/STTTT-VP
"$luutru" --archive box ingest in/new.pdf >/dev/null 2>&1
"$luutru" --archive box dossier add 'Đ/01.TH' "id:$("$luutru" --archive box show --json 50/STTTT-VP | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])')" >/dev/null
"$luutru" --archive box dossier export 'Đ/01.TH' newer
"$luutru" --archive third dossier close 'Đ/01.TH' --by Minh
run 2 "a document that is new to a dossier that was closed" "$luutru" --archive third import newer
check "... is not taken into the archive" sh -c '! "$0" --archive third show 50/STTTT-VP' "$luutru"
run 0 "what it has already is no change" "$luutru" --archive third import wider
rm -rf bad && cp -r out bad
(cd bad && sed -i 's|<StartDate>.*</StartDate>|<StartDate>01/01/2030</StartDate>|' dossier.xml && eval "$(resum)")
run 2 "a dossier that ends before it begins" "$luutru" --archive other import --dry-run bad
said "... is found in a dry run" 'cannot end on'

# A mark of secrecy that was set here is not lifted by what came from elsewhere.
"$luutru" --archive fourth ingest in/other.pdf >/dev/null 2>&1
"$luutru" --archive fourth import out >/dev/null 2>&1
id=$("$luutru" --archive fourth show --json 3/STTTT-VP | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])')
"$luutru" --archive fourth correct "id:$id" secrecy=MẬT >/dev/null
rm -rf bad && cp -r out bad
(cd bad && sed -i "/path=.*003.pdf/a <Correction field=\"secrecy\" by=\"Lan\" at=\"2023-01-01T00:00:00Z\"><Old>MẬT</Old></Correction>" dossier.xml && eval "$(resum)")
run 2 "a package that lifts a mark of secrecy" "$luutru" --archive fourth import bad
said "... is refused" 'is marked MẬT'
run 0 "the document" "$luutru" --archive fourth show "id:$id" --json
json "... keeps its mark" 'rows[0]["secrecy"] == "MẬT"'
