#!/bin/sh
# A secret scan is held: its pages were staged, and nothing of their text stays. Release files it, with a trace.
. "$(dirname "$0")/tap"
plan 28

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


mkdir tmp
run 1 "the run ends with 1" env TMPDIR="$DIR/tmp" "$luutru" --archive box ingest --json in
check "what it said is without its words" sh -c '! grep -qiE "diễn tập|dien tap|khu vực" "$0" "$1"' "$OUT" "$ERR"
json "the scan and its copy are held" 'rows[-1]["filed"] == 1 and rows[-1]["held"] == 2'
check "its words are nowhere in the database" sh -c "$hidden"
check "... nor in any other file of the archive but the originals, nor left behind" "$PYTHON" - <<'PYTHON'
import os, sys
words = [w.encode(e) for w in ("diễn tập", "dien tap", "Phương án") for e in ("utf-8", "utf-16-le", "utf-16-be")]
for folder in ("box", "tmp"):
    for path, _, names in os.walk(folder):
        if path.startswith("box/objects"):
            continue
        for name in names:
            data = open(os.path.join(path, name), "rb").read()
            if any(word in data for word in words) or data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"II*\0"):
                sys.exit(f"{path}/{name}")
PYTHON
check "the original is kept, byte for byte" sh -c 'find box/objects -type f | xargs sha256sum | grep -q "$(sha256sum <in/secret.tif | cut -c1-64)"'
run 0 "cut-outs of what waits" "$luutru" --archive box review --crops cuts
check "... have none of it" sh -c '[ -z "$(ls cuts)" ]'
run 1 "there is no document whose pages could be shown" "$luutru" --archive box get '#2' -o page.pdf
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
