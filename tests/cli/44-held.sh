#!/bin/sh
# A secret scan is held: its pages were staged, and nothing of their text stays. Release files it, with a trace.
. "$(dirname "$0")/tap"
plan 22

mkdir in pictures
dispatch in/open.pdf 1/STTTT-VP "Đề nghị các đơn vị công khai số liệu."
dispatch secret.pdf 2/STTTT-VP "TUYỆT MẬT|Phương án diễn tập khu vực phòng thủ."
pdftoppm -r 200 -gray -png secret.pdf pictures/secret
dispatch more.pdf 2/STTTT-VP "Phụ lục|Phương án diễn tập khu vực phòng thủ."
pdftoppm -r 200 -gray -png more.pdf pictures/tail
"$PYTHON" - in/secret.tif pictures/secret-1.png pictures/tail-1.png <<'PYTHON'
import sys
from PIL import Image
pages = [Image.open(path) for path in sys.argv[2:]]
pages[0].save(sys.argv[1], save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(200, 200))
PYTHON
cp in/secret.tif in/copy.tif
hidden='! cat box/archive.db* | grep -aqiE "diễn tập|dien tap|khu vực"'


run 1 "the run ends with 1" "$luutru" --archive box ingest --json in
json "the scan and its copy are held" 'rows[-1]["filed"] == 1 and rows[-1]["held"] == 2'
check "its words are nowhere in the database" sh -c "$hidden"
run 0 "an export" "$luutru" --archive box export --text
check "... is without them" sh -c '! grep -q "diễn tập" "$0"' "$OUT"
run 0 "the list" "$luutru" --archive box quarantine list
said "... tells the operator" 'held .*secret.tif|held .*copy.tif'
run 0 "the list for programs" "$luutru" --archive box quarantine list --json
json "... says the state" 'len(rows) == 2 and all(r["state"] == "held" for r in rows)'
row=$("$PYTHON" -c 'import json,sys; print(json.loads(open(sys.argv[1]).readline())["file"])' "$OUT")
run 0 "status" "$luutru" --archive box status
said "... counts them" 'held: secret +2'
run 0 "retry leaves them held" "$luutru" --archive box quarantine retry
run 2 "release wants a reason" "$luutru" --archive box quarantine release "$row"
run 1 "of a file that is not held" "$luutru" --archive box quarantine release in/open.pdf --reason x
run 1 "nothing has been let in so far" "$luutru" --archive box show 2/STTTT-VP
run 0 "release by path" "$luutru" --archive box quarantine release in/secret.tif --reason 'đã giải mật' --by Lan
run 0 "it is filed" "$luutru" --archive box search --json 'diễn tập'
json "... with its mark" 'rows[0]["total"] == 1 and rows[0]["results"][0]["secrecy"] == "TUYỆT MẬT"'
check "the index holds it now" sh -c "! { $hidden; }"
check "the trace is plain to read" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT reason, who FROM admission").fetchall()
sys.exit(0 if rows == [("đã giải mật", "Lan")] else 1)
PYTHON
run 0 "the next run" "$luutru" --archive box ingest --json in
json "... has nothing to do" 'rows[-1]["unchanged"] == 3'
