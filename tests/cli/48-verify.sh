#!/bin/sh
# Every promise is checked, a single flipped bit is found, and what can be made again is.
. "$(dirname "$0")/tap"
plan 36

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB "Nội dung lưỡng thê."
dispatch in/b.pdf 20/CV-BCĐNQ "Một bản khác."
dispatch in/c.pdf 21/CV-BCĐNQ "Bản thứ ba."
run 3 "there is nothing to check" "$luutru" --archive box verify
run 0 "three documents are filed" "$luutru" --archive box ingest in
run 0 "the archive is whole" "$luutru" --archive box verify
said "... and that is said" "3 of 3 documents"
run 0 "as JSON" "$luutru" --archive box verify --json
json "... one object" 'rows == [dict(rows[0], ended=True, faults=0, repaired=0, documents=3, documents_checked=3)]'
run 2 "--from without --repair is no use" "$luutru" --archive box verify --from other
run 2 "nor is one that is not there" "$luutru" --archive box verify --repair --from other
said "... which is said" "no backup in 'other'"
run 2 "no negative time" "$luutru" --archive box verify --for -1

original=$(find box/objects -type f | head -1)
chmod u+w "$original"
flip() { # FILE BYTE BIT
    "$PYTHON" -c 'import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(int(sys.argv[2]))
    byte = file.read(1)[0]
    file.seek(int(sys.argv[2]))
    file.write(bytes([byte ^ 1 << int(sys.argv[3])]))' "$@"
}
flip "$original" 700 3
chmod 444 "$original"
run 1 "one bit of an original" "$luutru" --archive box verify --json
json "... is found" 'rows[0]["check"] == "document" and rows[0]["fault"] == "damaged" and rows[0]["sha256"]'
run 0 "it is repaired from its source" "$luutru" --archive box verify --repair --json
json "... and that is said" 'rows[0]["repaired"] and rows[-1]["faults"] == 0 and rows[-1]["repaired"] == 1'
run 0 "then all is well" "$luutru" --archive box verify
check "another run has the archive: no repair" sh -c '
    "$0" --archive box ingest /dev/null >/dev/null 2>&1
    "$1" - "$0" <<PYTHON
import fcntl, struct, subprocess, sys
with open("box/lock", "r+b") as file:
    fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))  # F_OFD_SETLK
    sys.exit(subprocess.call([sys.argv[1], "--archive", "box", "verify", "--repair"], stderr=subprocess.DEVNULL) != 75)
PYTHON' "$luutru" "$PYTHON"

# Bits of what the database holds, a few hundred of them; what makes no difference to anything may pass.
check "one bit of the database, wherever it is" "$PYTHON" "$TOP/tests/cli/flip-bits.py" "$luutru" box "${FLIPS:-60}"

cp -r box shut
chmod -R a-w shut
chmod a+rx . shut
run 0 "an archive that cannot be written is checked, too" as_user "$luutru" --archive shut verify
run 3 "... and not repaired" as_user "$luutru" --archive shut verify --repair

# What this user may not read is a fault of that file, and the check goes on.
closed=$(find shut/objects -type f | head -1)
chmod 000 "$closed"
run 1 "an original that cannot be read is a fault" as_user "$luutru" --archive shut verify --json
json "... of its own" 'rows[-1]["ended"] and rows[-1]["faults"] == 1 and rows[0]["fault"] == "unreadable"'
run 1 "... that is said" as_user "$luutru" --archive shut verify
said "... with what to do" "permission to read"
chmod 444 "$closed"
folder=$(dirname "$closed")
chmod 311 "$folder"
run 1 "a folder of originals that cannot be listed" as_user "$luutru" --archive shut verify --json
json "... is no stranger that may be taken away" 'rows[-1]["faults"] == 1 and rows[0]["check"] == "files" and rows[0]["fault"] == "unreadable"'
chmod 311 shut/objects
run 1 "nor are all of them together" as_user "$luutru" --archive shut verify
said "... which is said" "shut/objects' cannot be read"
chmod 555 "$folder" shut/objects

# What a killed check has seen is not looked at again.
sqlite3 box/archive.db "INSERT INTO upkeep (kind, started_at, stage, position, faults)
    VALUES ('verify', '2023-09-18T07:05:09Z', 'document', '2', 1)"
run 1 "a check that was stopped goes on" "$luutru" --archive box verify --json
json "... where it was" 'rows[-1]["resumed"] and rows[-1]["documents_checked"] == 3 and rows[-1]["faults"] == 1'
run 0 "--anew begins again" "$luutru" --archive box verify --anew --json
json "... from nothing" 'not rows[-1]["resumed"] and rows[-1]["faults"] == 0'

# What was deleted while somebody was reading stays in the log, until it is asked for.
id=$("$luutru" --archive box search --json 1758 | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])')
"$PYTHON" - "$luutru" "$id" <<'PYTHON'
import sqlite3, subprocess, sys
reader = sqlite3.connect("box/archive.db", isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM page").fetchall()
subprocess.run([sys.argv[1], "--archive", "box", "remove", "id:" + sys.argv[2], "--reason", "thu hồi", "--by", "Lan"], check=True)
PYTHON
run 0 "the database is written anew" "$luutru" --archive box verify --compact
check "no word of what was removed is in it" \
    sh -c '! cat box/archive.db* | grep -aqE "lưỡng|luong_?the"'
run 1 "and the others are found" "$luutru" --archive box search lưỡng
faulty=${ASAN_BUILD:-$TOP/build/asan}
case $faulty in
/*) ;;
*) faulty=$TOP/$faulty ;;
esac
run 4 "the database cannot be written anew" \
    env LUUTRU_FAULT=transaction.commit.before=EIO "$faulty/luutru" --archive box verify --compact
said "... and what was found is said all the same" "2 of 2 documents"
