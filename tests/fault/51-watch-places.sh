#!/bin/sh
# Places change under a watcher: its archive, its folders, links on the way to them, what others make there.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 35

mkdir in
# Waits for a watcher that is to end by itself; one that does not is killed.
end_by_itself() {
    eventually "a watcher ends by itself" sh -c "! kill -0 $watcher 2>/dev/null || grep -q '^State:.Z' /proc/$watcher/status"
    kill -KILL "$watcher" 2>/dev/null
    wait "$watcher"
    CODE=$?
}

whole_pdf in/a.pdf "one"
cp in/a.pdf a.pdf
"$luutru" --archive other ingest a.pdf >/dev/null
start_watch --delete --set look=1 in
eventually "a file is filed, and deleted" sh -c "[ ! -e in/a.pdf ]"

# Somebody makes a backup below it: what lies in an archive is an original, from the first one on.
mkdir -p in/backup/objects/ab
eventually "a folder that appears is looked at" watcher_says "folders = 4"
touch in/backup/archive.db.partial
cp a.pdf in/backup/objects/ab/cdef
whole_pdf in/b.pdf "two"
eventually "a file beside an archive that is being made is taken" sh -c "[ ! -e in/b.pdf ]"
check "... and no original of that one" test -e in/backup/objects/ab/cdef
check "... which is nothing to be told" sh -c "! grep -q in/backup log"
rm -r in/backup

# What cleaners do.
rmdir box/objects/tmp
whole_pdf in/c.pdf "three"
eventually "a folder of the archive that was taken away for being empty is made again" is_in filed in/c.pdf

# A file server holds a file for itself.
whole_pdf held.pdf "four"
"$PYTHON" - held.pdf in/held.pdf <<'PYTHON' &
import fcntl, os, sys, time
file = os.open(sys.argv[1], os.O_RDWR)
fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
fcntl.fcntl(file, fcntl.F_SETSIG, 23)  # SIGURG: who asks for it is no reason to end
os.rename(sys.argv[1], sys.argv[2])
while not os.path.exists("let-go"):
    time.sleep(0.01)
PYTHON
holder=$!
eventually "a file that another program has a lease on" test -e in/held.pdf
whole_pdf in/d.pdf "five"
eventually "... keeps no other back" is_in filed in/d.pdf
touch let-go
wait $holder
eventually "... and is taken when it is let go" is_in filed in/held.pdf
check "... without a word of trouble" sh -c "! grep -q 'held.pdf.*waiting' log"

# Another archive takes the place of the one that is open.
mv box box.old
mv other box
whole_pdf in/e.pdf "six"
end_by_itself
check "... because its archive was replaced" test $CODE -eq 3
check "... and says why" grep -q "was moved or replaced while it was open" says
check "... and leaves the source" test -e in/e.pdf
run 0 "the archive that was open is whole" "$luutru" --archive box.old verify
run 0 "... and so is the other" "$luutru" --archive box verify
start_watch --delete in
eventually "which takes the file when it is watched for" sh -c "[ ! -e in/e.pdf ]"
rm box/lock
whole_pdf in/f.pdf "seven"
end_by_itself
check "... also where its lock was deleted" test $CODE -eq 3
check "... before the source goes" test -e in/f.pdf

# A limit on the size of files.
rm -rf in box box.old
mkdir in
whole_pdf in/a-big.pdf "$(head -c 3000000 /dev/zero | tr '\0' z)"
whole_pdf in/small.pdf "small"
(ulimit -f 2000 && exec "$luutru" --archive box watch --json --set settle=0.1 --set reserve=0 in) >log 2>says &
watcher=$!
eventually "a file larger than files may be keeps no other back" is_in filed in/small.pdf
check "... and waits" is_in seen in/a-big.pdf
stop_watch

# Links on the way.
mkdir d1 d2
ln -s d1 cur
start_watch --set look=1 cur
whole_pdf cur/one.pdf "by way of a link"
eventually "a folder that was named by a link" is_in filed d1/one.pdf
ln -sfn d2 cur
whole_pdf cur/two.pdf "by way of the new link"
eventually "... is looked for anew where the link leads elsewhere" is_in filed d2/two.pdf
check "... which is said" grep -q "cur' is '.*d2' from now on" says
stop_watch
start_watch --set look=1 in
eventually "a folder" watcher_says "state = 'watching' AND process = $watcher"
mv in real
ln -s real in
eventually "... that becomes a link is not followed" grep -q "a link leads to it by now" says
stop_watch
rm in
mv real in

# The folder for filed sources lies in the watched one under another name.
mkdir m
if mount --bind in m 2>/dev/null; then
    trap 'umount "$DIR/m" 2>/dev/null; rm -rf "$DIR"' EXIT
    rm -f in/*
    mkdir in/done
    start_watch --move m/done --set look=1 in
    whole_pdf in/round.pdf "round and round"
    eventually "a done folder that lies there by another mount" test -e in/done/round.pdf
    whole_pdf in/next.pdf "next"
    eventually "... is left alone" test -e in/done/next.pdf
    stop_watch
    start_watch --move m/done --set look=1 in
    whole_pdf in/last.pdf "last"
    eventually "... by the next watcher, too" test -e in/done/last.pdf
    check "nothing was moved further" sh -c "[ \$(ls in/done | wc -l) -eq 3 ] && ! grep -q duplicate log"
    stop_watch
    mkdir sub in/sub
    rm -r in/done
    start_watch --move sub --set look=1 in
    eventually "a done folder elsewhere" watcher_says "state = 'watching' AND process = $watcher"
    mount --bind in/sub sub
    whole_pdf in/later.pdf "later"
    eventually "... that is mounted into the watched one later" test -e in/sub/later.pdf
    whole_pdf in/marker.pdf "marker"
    eventually "... takes what is filed" test -e in/sub/marker.pdf
    check "... once" test -e in/sub/later.pdf
    stop_watch
    umount sub m
else
    skip 8 "nothing can be mounted here"
fi
