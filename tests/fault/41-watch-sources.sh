#!/bin/sh
# What becomes of sources in a watched folder, and what strangers may put there.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 53

mkdir -p move/sub delete keep outside done
cat >config <<END
[watch]
settle=0.1
patience=0.5
reserve=0
[folder $DIR/move]
after=move
done=$DIR/move/done
[folder $DIR/delete]
after=delete
leave=draft*
[folder $DIR/keep]
END
whole_pdf move/sub/a.pdf "moves with its subfolder"
whole_pdf delete/b.pdf "is deleted"
whole_pdf keep/c.pdf "stays"
start_watch --config config
eventually "a source moves, with its subfolder" test -e move/done/sub/a.pdf
check "... once it is filed" is_in filed sub/a.pdf
eventually "another is deleted" sh -c '! ls delete | grep -q .'
check "... once it is filed" is_in filed b.pdf
eventually "a third one is filed" is_in filed c.pdf
check "... and stays" test -e keep/c.pdf
eventually "where it moved to nothing is watched" watcher_says "waiting = 0 AND folders = 4"

# The scanner uses a name again, with the same size and, on a coarse clock, the same time.
whole_pdf scan.pdf "page 1"
touch -d @1000000000 scan.pdf
mv scan.pdf delete/scan.pdf
eventually "a name is used" is_in filed delete/scan.pdf
eventually "... and free again" test ! -e delete/scan.pdf
whole_pdf scan.pdf "page 2"
touch -d @1000000000 scan.pdf
mv scan.pdf delete/scan.pdf
eventually "used again, with the same size and time" test ! -e delete/scan.pdf
check "... it is another document" sh -c "grep -c 'delete/scan.pdf.*\"filed\"' log | grep -qx 2"
cp keep/c.pdf delete/copy.pdf
eventually "a duplicate is deleted as well" test ! -e delete/copy.pdf
check "... and told so" is_in duplicate copy.pdf
whole_pdf outside/h.pdf "hard link"
ln outside/h.pdf delete/h.pdf
eventually "of two names of a file" test ! -e delete/h.pdf
check "... only the one in the folder goes" test -e outside/h.pdf
whole_pdf delete/draft-1.pdf "left alone"
head -c 30 outside/h.pdf >delete/broken.pdf
eventually "what is broken is quarantined" is_in quarantined broken.pdf
check "... and stays, as does what is left alone" \
    sh -c '[ -e delete/broken.pdf ] && [ -e delete/draft-1.pdf ]'
check "... of which nothing is known" is_in '' draft-1.pdf

# A kill between the two steps of a deletion.
stop_watch
whole_pdf delete/.luutru-taken-k.pdf "half deleted"
start_watch --config config
eventually "what a kill left of a deletion is taken" is_in filed k.pdf
eventually "... and goes" sh -c '! ls -a delete | grep -q k.pdf'

# Names and things that are not files.
bad=$(printf 'b\377\n.pdf')
whole_pdf "keep/$bad" "a name that is no text"
whole_pdf outside/secret.pdf "outside"
ln -s "$DIR/outside/secret.pdf" keep/out.pdf
ln -s "$DIR/outside" keep/way
ln -s nowhere keep/dangling.pdf
mkfifo keep/pipe.pdf
"$PYTHON" -c 'import socket; socket.socket(socket.AF_UNIX).bind("keep/socket.pdf")'
whole_pdf "keep/last.pdf" "the last one"
eventually "after all that" is_in filed last.pdf
eventually "links, pipes and sockets are skipped" has 5 skipped
check "... and not followed" sh -c '! grep -q secret.pdf log'
eventually "any name is a name" sh -c "sqlite3 box/archive.db \"SELECT count(*) FROM ledger
    WHERE hex(path) LIKE '%62FF0A2E706466' AND state = 'filed'\" | grep -qx 1"
if [ "$(id -u)" -eq 0 ] && mknod keep/device.pdf c 1 5 2>/dev/null; then
    eventually "a device is skipped" is_in skipped device.pdf
else
    skip 1 "no device can be made here"
fi

# What was filed and moved stays where it is, whoever asks for it once more.
run 0 "a file of the done folder, asked for" "$luutru" --archive box ingest --json move/done/sub/a.pdf
json "... is a duplicate" 'rows[0]["outcome"] == "duplicate"'
check "... and stays" test -e move/done/sub/a.pdf -a ! -e move/done/done
stop_watch

# While a source is read it is written anew, with the same size and time.
use_waiting_worker
whole_pdf delete/s.pdf "first"
touch -d @1000000000 delete/s.pdf
start_watch --config config
eventually "a source is in the archive and not read yet" is_in stored delete/s.pdf
whole_pdf delete/s.pdf "other"
touch -d @1000000000 delete/s.pdf
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
echo go >go
eventually "... written anew it stays, which is told" grep -q 's.pdf","outcome":"filed".*other bytes' log
eventually "... and is filed before it goes" sh -c "[ ! -e delete/s.pdf ] && grep -c 'delete/s.pdf.*\"filed\"' log | grep -qx 2"
stop_watch
run 0 "... and the ledger knows of both" "$luutru" --archive box verify

# The disk of the done folder goes and comes back.
mkdir disk
if mount -t tmpfs tmpfs disk 2>/dev/null; then
    trap 'umount "$DIR/disk" 2>/dev/null; rm -rf "$DIR"' EXIT
    mkdir disk/done
    sed "s|^done=.*|done=$DIR/disk/done|; s|^settle|look=1\nsettle|" config >config-disk
    start_watch --config config-disk
    eventually "a done folder on a disk of its own" watcher_says "state = 'watching' AND process = $watcher"
    umount disk
    whole_pdf move/late.pdf "its disk is not there"
    eventually "without that disk a source is filed" grep -q 'late.pdf","outcome":"filed".*mounted' log
    check "... and stays, and nothing is made in place of the disk" test -e move/late.pdf -a ! -e disk/done
    kill -HUP "$watcher"
    eventually "... also where the settings are read again meanwhile" grep -q 'settings were read again' says
    whole_pdf move/later.pdf "its disk is still not there"
    eventually "... a source is filed" grep -q 'later.pdf","outcome":"filed".*mounted' log
    check "... and stays" test -e move/later.pdf -a ! -e disk/done
    mount -t tmpfs tmpfs disk
    eventually "... until the disk is there again" test -e disk/done/late.pdf
    stop_watch
    umount disk
else
    skip 7 "no disk can be mounted here"
fi

# By a dry run nothing changes.
whole_pdf delete/new.pdf "new"
head -c 30 outside/h.pdf >delete/cut.pdf
run 0 "a dry run" "$luutru" --archive box watch --dry-run --config config --json
said "... says what would be taken" 'new.pdf","outcome":"seen'
said "... and what it would wait for" 'cut.pdf","outcome":"waiting'
check "... and leaves it" sh -c '[ -e delete/new.pdf ]'
check "... and out of the ledger" is_in '' new.pdf

# Where filed sources move to nothing is watched, and so no folder may lie there.
mkdir -p held/there
printf '[folder %s]\n[folder %s]\nafter=move\ndone=%s\n' "$DIR/held/there" "$DIR/move" "$DIR/held" >config
run 1 "a folder within another's folder for filed sources is refused" \
    "$luutru" --archive box watch --once --set settle=0 --set reserve=0 --config config
said "... with the reason" "held' cannot be the folder for filed sources"
ln -s held alias
sed -i "s|done=.*|done=$DIR/alias|" config
run 1 "... also where that is named by a link" "$luutru" --archive box watch --once --set settle=0 --set reserve=0 --config config
mkdir twin
if mount --bind held/there twin 2>/dev/null; then
    trap 'umount "$DIR/twin"; rm -rf "$DIR"' EXIT
    sed -i "s|done=.*|done=$DIR/twin|" config
    run 1 "... or mounted in another place, too" "$luutru" --archive box watch --once --set settle=0 --set reserve=0 --config config
else
    skip 1 "nothing can be mounted here"
fi
sed -i "s|done=.*|done=$DIR/done|" config
run 0 "another folder is accepted" "$luutru" --archive box watch --once --set settle=0 --set reserve=0 --config config

# A file that is named beside a folder, now or when the settings are read again.
: >plain.pdf
printf '[watch]\nsettle=0.1\nreserve=0\n[folder %s]\n[folder %s]\nafter=move\ndone=%s\n' "$DIR/keep" "$DIR/plain.pdf" "$DIR/done" >config
run 1 "a file beside a folder is refused" "$luutru" --archive box watch --once --config config
said "... as one that stands alone is" "plain.pdf' is no folder"
mv plain.pdf ready.pdf
start_watch --config config
eventually "a folder that is missing may come" watcher_says "process = $watcher AND state = 'watching'"
mv ready.pdf plain.pdf
kill -HUP "$watcher"
eventually "... but no file in its place" grep -q "plain.pdf' is no folder" says
stop_watch
