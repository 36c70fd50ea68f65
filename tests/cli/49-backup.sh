#!/bin/sh
# A backup is the archive of one moment, and becomes an archive again.
. "$(dirname "$0")/tap"
plan 65

mkdir in later
dispatch in/a.pdf 1758/STTTT-TTBCXB "Nội dung thứ nhất."
dispatch in/b.pdf 20/CV-BCĐNQ "Một bản khác."
dispatch later/c.pdf 21/CV-BCĐNQ "Bản thứ ba."
run 3 "there is nothing to copy" "$luutru" --archive box backup copy
run 0 "two documents are filed" "$luutru" --archive box ingest in
mkdir box/rules
echo "# the office's own" >box/rules/office.rules
run 2 "a folder must be named" "$luutru" --archive box backup
run 3 "a folder that is no backup" "$luutru" --archive again restore in
said "... is called so" "'in' is no backup"
run 0 "the first backup" "$luutru" --archive box backup --json copy
json "... copies everything" 'rows[0]["originals"] == rows[0]["copied"] == 2 and rows[0]["damaged"] == 0'
"$luutru" --archive box ingest later >/dev/null
run 0 "the next one" "$luutru" --archive box backup --json copy
json "... copies what is new" 'rows[0]["originals"] == 3 and rows[0]["copied"] == 1'
check "one file, without a log" test ! -e copy/archive.db-wal
check "the office's rules are there, too" cmp -s box/rules/office.rules copy/rules/office.rules
run 0 "it is an archive that can be searched" "$luutru" --archive copy search "thứ nhất"

# People and the log go along; who is logged in is so in one place only.
people() { /usr/bin/python3 -c "import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep='|')" "$@"; }
echo "mot mat khau dai" | "$luutru" --archive box user add lan --role archivist
/usr/bin/python3 -c "import sqlite3
with sqlite3.connect('box/web.db') as db:
    db.execute(\"INSERT INTO session VALUES ('sum-of-a-token', 'lan', 1, 1, '::1')\")
    db.execute(\"INSERT INTO access (at, person, address, action, document) VALUES ('2026', 'lan', '::1', 'look', 1)\")"
run 0 "people are copied" "$luutru" --archive box backup copy
check "... for nobody else to read" test "$(stat -c %a copy/web.db)" = 600
same() { people box/web.db "$1" >wanted && people "$2/web.db" "$1" >got && test -s got && cmp wanted got; }
check "... with their passwords" same "SELECT * FROM person" copy
check "... and the log of who looked" same "SELECT * FROM access" copy
check "... and without sessions" sh -c '! grep -q sum-of-a-token copy/web.db && grep -q sum-of-a-token box/web.db*'

exported() { "$luutru" --archive "$1" export --format jsonl --text | sort; }
run 0 "it is made an archive again" "$luutru" --archive again restore copy
exported box >wanted
exported again >got
check "... of the same documents" cmp wanted got
check "... which are some" test "$(wc -l <got)" -eq 3
check "... and people" same "SELECT * FROM person" again
run 0 "... that holds every promise" "$luutru" --archive again verify
run 0 "... knows what it has seen" "$luutru" --archive again ingest --json in later
json "... and goes on" 'rows[-1]["unchanged"] == 3'
run 2 "nothing is overwritten" "$luutru" --archive again restore copy
said "... and that is said" "not empty"
run 2 "an archive in use is no place for a backup" "$luutru" --archive box backup again
run 0 "a copy that was mended" "$luutru" --archive copy verify --repair
run 0 "... is one still" "$luutru" --archive box backup copy
cp -r copy taking
dispatch other.pdf 22/CV-BCĐNQ "Bản thứ tư."
"$luutru" --archive taking ingest other.pdf >/dev/null 2>&1
run 2 "... and one that takes files in itself is none" "$luutru" --archive box backup taking
said "... which is said" "archive in use"
run 3 "a folder that is no backup" "$luutru" --archive new restore in

# Backups one after the other while files are taken in: each is whole.
mkdir many
for i in $(seq 40); do
    sed "s/%%EOF/%$i\n%%EOF/" in/a.pdf >many/$i.pdf
done
"$luutru" --archive box ingest many >/dev/null 2>&1 &
run=$!
bad=0
while kill -0 $run 2>/dev/null; do
    "$luutru" --archive box backup "copy" >/dev/null 2>"$ERR" || bad=1
    "$luutru" --archive copy verify --json >"$OUT" || bad=1
done
wait $run
check "backups during a run" test "$bad" -eq 0
check "... are whole" "$luutru" --archive copy verify
"$luutru" --archive box backup copy >/dev/null
exported box >wanted
exported copy >got
check "the last one has it all" cmp wanted got

# A snapshot of a running server, on a medium that cannot be written: what stands beside its database is not left out.
/usr/bin/python3 -c "import shutil, sqlite3
db = sqlite3.connect('box/web.db')
db.execute('PRAGMA journal_mode = WAL')
with db: db.execute(\"INSERT INTO access (at, person, address, action, document) VALUES ('2026', 'lan', '::1', 'look', 2)\")
shutil.copytree('box', 'snapshot')"
if unshare -m true 2>/dev/null; then
    run 3 "what cannot be read whole is not copied" unshare -m sh -c "mount --bind snapshot snapshot &&
        mount -o remount,bind,ro snapshot && exec '$luutru' --archive snapshot backup torn"
    said "... and that is said" "stand beside it"
else
    skip 2 "nothing can be mounted here"
fi

# A backup that is killed leaves the one before.
rm -rf box/rules
faulty=${ASAN_BUILD:-$TOP/build/asan}
case $faulty in
/*) ;;
*) faulty=$TOP/$faulty ;;
esac
run 137 "a backup is killed at its last step" \
    env LUUTRU_FAULT=copy.rename.before=kill "$faulty/luutru" --archive box backup copy
exported copy >got
check "it leaves the one before" cmp wanted got

# It knows of a removed document until the new one has its name.
removed=$("$luutru" --archive box export --format jsonl | "$PYTHON" -c 'import json, sys
print(json.loads(sys.stdin.readline())["id"])')
"$luutru" --archive box remove "#$removed" --reason "thu hồi" >/dev/null
run 137 "a backup after a removal is killed at its last step" \
    env LUUTRU_FAULT=copy.rename.before=kill "$faulty/luutru" --archive box backup copy
run 0 "the one before is whole" "$luutru" --archive copy verify

# An original that is lost is not in the copy, and not forgotten.
lost=$(find box/objects -type f | head -1)
mv "$lost" kept
run 1 "a backup without one original" "$luutru" --archive box backup second
run 0 "... is not a good one" "$luutru" --archive box status --json
json "... for programs" 'rows[0]["backup_faults"] == 1'
run 0 "... nor for people" "$luutru" --archive box status
said "... which is said" "Last backup.*without 1 original"
mv kept "$lost"
run 0 "once it is there again" "$luutru" --archive box backup second
run 0 "... all is well" "$luutru" --archive box status --json
json "... for programs, too" 'rows[0]["backup_faults"] == 0'

# A disk that is not mounted is not taken for a new one.
mkdir usb
run 0 "a backup on a disk" "$luutru" --archive box backup usb/archive
mv usb/archive unplugged
run 2 "its disk is not there: nothing is copied" "$luutru" --archive box backup usb/archive
said "... which is said" "is its disk mounted"
check "... and nothing made" test ! -e usb/archive/archive.db
run 2 "a restore has nothing to begin anew" "$luutru" --archive fresh restore --anew copy
run 0 "on another one it begins anew" "$luutru" --archive box backup --anew usb/archive
if unshare -m sh -c 'mount --bind /etc/fstab /etc/fstab' 2>/dev/null; then
    ln -s "$DIR/usb" link
    echo "UUID=1758 $DIR/usb ext4 defaults 0 2" >fstab
    run 2 "the system's table has a disk there that is not mounted" unshare -m sh -c "mount --bind fstab /etc/fstab &&
        exec '$luutru' --archive box backup --anew link/second"
    said "... which is said" "not mounted"
    run 0 "... and that is" unshare -m sh -c "mount --bind fstab /etc/fstab && mount -t tmpfs tmpfs usb &&
        exec '$luutru' --archive box backup link/second"
    mkdir part
    echo "$DIR/part $DIR/usb none bind 0 0" >fstab
    run 2 "a part of this disk that is to be mounted there, and is not" unshare -m sh -c "mount --bind fstab /etc/fstab &&
        exec '$luutru' --archive box backup --anew link/third"
    run 0 "... and that is" unshare -m sh -c "mount --bind fstab /etc/fstab && mount --bind part usb &&
        exec '$luutru' --archive box backup --anew link/third"
    check "... takes it" test -e part/third/archive.db
    run 2 "nor is an archive begun where its disk is not mounted" unshare -m sh -c "mount --bind fstab /etc/fstab &&
        exec '$luutru' --archive usb/new ingest in"
    said "... which is said" "not mounted"
    run 2 "nor restored there" unshare -m sh -c "mount --bind fstab /etc/fstab &&
        exec '$luutru' --archive usb/new restore copy"
    check "... and nothing is made" test ! -e usb/new
else
    skip 10 "nothing can be mounted here"
fi
