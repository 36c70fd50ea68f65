#!/bin/sh
# A full disk ends the run with 4; when there is room again, the next run goes on.
. "$(dirname "$0")/tap"
plan 15

mkdir disk in
if ! mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then
    skip 15 "a small disk cannot be mounted here"
    exit 0
fi
trap 'umount "$DIR/disk"; rm -rf "$DIR"' EXIT

dispatch in/a.pdf 1/STTTT-VP
"$PYTHON" -c 'open("in/b.pdf", "wb").write(open("in/a.pdf", "rb").read() + b"%" + b"x" * 3000000)'
run 4 "a file larger than the disk" "$luutru" --archive disk/box ingest in/b.pdf
said "the message names what could not be written, and why" "(space|full|room)"
check "no half of it stays behind" sh -c '! find disk/box/objects -type f | grep -q .'
mount -o remount,size=64m disk
run 0 "with more room the next run files it" "$luutru" --archive disk/box ingest --json in
json "... and the rest" 'rows[-1]["filed"] == 2'
run 0 "nothing is left over" "$luutru" --archive disk/box status --json
json "... half done" 'all(rows[0]["ledger"][state] == 0 for state in ("seen", "stored", "read"))'

if [ -e /dev/full ]; then
    "$luutru" --archive disk/box export >/dev/full 2>"$ERR"
    check "export to a full disk ends with 4" test $? -eq 4
else
    skip 1 "no /dev/full"
fi

# A copy names the disk that is full: the one that it is written to.
mkdir small
if mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
    trap 'umount "$DIR/disk" "$DIR/small"; rm -rf "$DIR"' EXIT
    run 4 "a backup onto a disk that is too small" "$luutru" --archive disk/box backup small/copy
    said "... names that disk" "no room is left on the disk of '$DIR/small/copy'"
    check "... and not what a database says that is well" sh -c "! grep -q 'not an error' '$ERR'"
    run 0 "a backup" "$luutru" --archive disk/box backup copy
    rm -rf small/copy
    run 4 "to restore it there" "$luutru" --archive small/box restore copy
    said "... names that disk, too" "no room is left on the disk of '$DIR/small/box'"
    check "... and no other" sh -c "! grep -q \"disk of '$DIR/copy\" '$ERR'"
else
    skip 7 "a small disk cannot be mounted here"
fi
