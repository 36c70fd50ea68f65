#!/bin/sh
# A watcher goes on for months: nothing is done twice, nothing over and over, nothing that is no longer asked for.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 69

# Many that a person sets back at once: more than are on their way at a time.
mkdir in
for i in 0 1 2 3 4 5 6 7 8 9; do
    for j in 1 2 3 4; do whole_pdf "in/$i$j.pdf" "BADBADBAD $i$j"; done
done
BAD_WORKER=exit "$luutru" --archive box watch --once --set settle=0 --set retries=0 --set reserve=0 in >log 2>says
check "40 documents that cost their workers are quarantined" has 40 quarantined
"$luutru" --archive box quarantine retry >/dev/null
start_watch --set settle=0.02 --set jobs=1 in
eventually "set back, all are taken" sh -c 'test "$(grep -c "\"outcome\":\"filed\"" log)" -eq 40'
eventually "... each once" test "$(grep -c outcome log)" -eq 40
check "... and the ledger says so" has 40 filed
stop_watch

# A file whose disk fails is put off, not tried over and over.
if strace -o /dev/null -P "$DIR/in" -e trace=read -e inject=read:error=EIO true 2>/dev/null; then
    strace -f -o /dev/null -P "$DIR/in/sick.pdf" -e trace=read -e inject=read:error=EIO "$luutru" --archive box \
        watch --json --set settle=0.1 --set reserve=0 --set retry-pause=3600 in >log 2>says </dev/null &
    tracer=$!
    eventually "a watcher on a disk that fails" watcher_says "state = 'watching' AND process <> $watcher"
    whole_pdf in/sick.pdf "cannot be read"
    eventually "a file that cannot be read waits" grep -q 'sick.pdf","outcome":"waiting.*check the disk' log
    whole_pdf in/well.pdf "can be read"
    eventually "... while others go on" is_in filed well.pdf
    check "... and is told once" test "$(grep -c sick.pdf log)" -eq 1
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"

    # Nor when it has come to its end.
    strace -f -o /dev/null -P "$DIR/in/ill.pdf" -e trace=read -e inject=read:error=EIO "$luutru" --archive box \
        watch --json --set settle=0.1 --set reserve=0 --set always-poll=true --set poll=1 --set look=1 --set retries=0 \
        in >log 2>says &
    tracer=$!
    whole_pdf in/ill.pdf "cannot be read either"
    eventually "one that is not tried again is quarantined" grep -q 'ill.pdf","outcome":"quarantined' log
    for i in 1 2 3 4; do
        whole_pdf in/poll$i.pdf "found by a look $i"
        eventually "... while looks go on ($i)" is_in filed poll$i.pdf
    done
    check "... and is told once" test "$(grep -c ill.pdf log)" -eq 1
    for i in 1 2; do
        run 1 "... but to each who asks for it ($i)" "$luutru" --archive box ingest --json --wait 20 in/ill.pdf
        json "... what is wrong with it" 'any("check the disk" in (r.get("reason") or "") for r in rows)'
    done
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"
else
    skip 14 "no disk that fails can be feigned here"
fi

# A share gives reasons of its own for which a file cannot be opened just now.
mkdir opens
if strace -f -o /dev/null -P "$DIR/opens" -e trace=openat2 -e inject=openat2:error=EBUSY true 2>/dev/null; then
    strace -f -o /dev/null -P "$DIR/opens/busy.pdf" -e trace=openat2 -e inject=openat2:error=EBUSY:when=1..4 "$luutru" \
        --archive box watch --json --set settle=0.1 --set reserve=0 opens >log 2>says </dev/null &
    tracer=$!
    whole_pdf opens/busy.pdf "in use by somebody else"
    eventually "a file that somebody has open for himself is waited for" is_in filed busy.pdf
    check "... and called neither failed nor put off" test "$(grep -c 'busy.pdf' log)" -eq 1
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"
    strace -f -o /dev/null -P "$DIR/opens/refused.pdf" -e trace=openat2 -e inject=openat2:error=EREMOTEIO "$luutru" \
        --archive box watch --json --set settle=0.1 --set reserve=0 --set retries=0 --set always-poll=true --set poll=1 \
        opens >log 2>says </dev/null &
    tracer=$!
    whole_pdf opens/refused.pdf "cannot be opened for some reason"
    eventually "for another reason a file is put into the ledger" is_in quarantined opens/refused.pdf
    whole_pdf opens/next.pdf "found by a later look"
    eventually "... while looks go on" is_in filed next.pdf
    check "... and told once" test "$(grep -c refused.pdf log)" -eq 1
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"
else
    skip 5 "no such share can be feigned here"
fi

# A folder that is no longer watched.
mkdir old new
printf '[watch]\nsettle=0.1\nreserve=0\n[folder %s]\n[folder %s]\n' "$DIR/old" "$DIR/new" >config
head -c 40 in/11.pdf >old/part.pdf
start_watch --config config --set patience=3600
eventually "a part of a file is waited for" watcher_says "process = $watcher AND waiting = 1"
printf '[watch]\nsettle=0.1\nreserve=0\n[folder %s]\n' "$DIR/new" >config
kill -HUP "$watcher"
eventually "no longer when its folder is dropped" watcher_says "waiting = 0"
whole_pdf old/part.pdf "not asked for any more"
whole_pdf new/b.pdf "asked for"
eventually "... of another all is taken" is_in filed new/b.pdf
check "... and of it nothing" is_in '' old/part.pdf
stop_watch

# A share that goes away with what it holds, and comes back.
mkdir share there
whole_pdf share/odd.pdf "a file that readers manage with"
sed -i 's/^startxref$/startyref/' share/odd.pdf
start_watch --set retry-pause=3600 share there
eventually "a file of which its format does not tell all is taken" is_in filed odd.pdf
stop_watch
unfiled() { # STATE
    sqlite3 box/archive.db "DELETE FROM document WHERE id = (SELECT document FROM ledger WHERE CAST(path AS TEXT) LIKE '%odd.pdf');
        UPDATE ledger SET state = '$1', sha256 = NULL, document = NULL WHERE CAST(path AS TEXT) LIKE '%odd.pdf'"
}
unfiled seen
mv share away
start_watch --set retry-pause=1 share there
eventually "one whose folder is not there waits" grep -q 'odd.pdf","outcome":"waiting' log
mv away share
eventually "... until that is there" is_in filed odd.pdf
stop_watch
unfiled quarantined
start_watch share there
eventually "one that was given up is taken when it is there" is_in filed odd.pdf
stop_watch

# A folder that turns into a link: what lies beyond is not followed, which is told once.
mkdir turns beside
whole_pdf turns/before.pdf "before"
start_watch --set always-poll=true turns beside
eventually "a folder is watched" is_in filed turns/before.pdf
mv turns elsewhere
ln -s elsewhere turns
whole_pdf elsewhere/beyond.pdf "beyond a link"
eventually "that a link leads there is told" grep -q "turns' is not looked at: a link leads to it" says
for i in 1 2; do
    whole_pdf beside/$i.pdf "beside it $i"
    eventually "... while looks go on ($i)" is_in filed beside/$i.pdf
done
rm turns
mv elsewhere turns
eventually "... and taken when it is none" is_in filed turns/beyond.pdf
check "... having been told once" test "$(grep -c "a link leads to it" says)" -eq 1
stop_watch

# A folder that is not there at the start, and is reached by a link.
mkdir shelf
ln -s shelf way
start_watch way/late there
eventually "a watcher one of whose folders is not there" watcher_says "process = $watcher AND folders >= 1"
mkdir shelf/late
whole_pdf shelf/late/a.pdf "through a link"
eventually "what comes through a link is taken when it is there" is_in filed shelf/late/a.pdf
stop_watch
start_watch way/later there
eventually "another one" watcher_says "process = $watcher AND folders >= 1"
mkdir apart && mv shelf/late apart/later && ln -s ../apart/later shelf/later
whole_pdf apart/later/b.pdf "the folder itself is a link"
eventually "... and so where it is a link itself" is_in filed apart/later/b.pdf
stop_watch

# A folder on whose way a link comes to be.
mkdir -p upper/in
start_watch --set always-poll=true upper/in there
eventually "a watcher of a folder below another" watcher_says "process = $watcher"
mv upper lower
ln -s lower upper
eventually "a folder that cannot be looked at any more is told" grep -q "lower/in' is not looked at" says
rm upper
mv lower upper
whole_pdf upper/in/c.pdf "back again"
eventually "... and taken up when it can" is_in filed upper/in/c.pdf
stop_watch

# What is on its way counts once, though the watcher and the ledger both know of it.
mkdir busy
whole_pdf busy/stalls.pdf BADBADBAD-stalls
head -c 40 in/11.pdf >busy/part.pdf
BAD_WORKER=stall
start_watch --set patience=3600 busy
eventually "one is being read, another is not whole" \
    sh -c '[ "$(sqlite3 box/archive.db "SELECT count(*) FROM ledger, watcher WHERE ledger.state = \"stored\" AND oldest_path LIKE \"%part.pdf\" AND waiting = 1")" = 1 ]'
run 0 "status" "$luutru" --archive box status --json
json "... counts both, once each" 'rows[0]["backlog"]["unfinished"] == 1 and rows[0]["watcher"]["waiting"] == 1'
stop_watch
BAD_WORKER=well

# A share that is mounted below a watched folder: nothing is told there. Its name is told as it is.
share=in2/share%s
mkdir -p "$share/deep"
if strace -f -o /dev/null -P "$DIR/$share" -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000 true 2>/dev/null; then
    strace -f -o /dev/null -P "$DIR/$share" -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000 \
        "$luutru" --archive box watch --json --set settle=0.1 --set reserve=0 in2 >log 2>says </dev/null &
    tracer=$!
    eventually "a share below a watched folder is looked at in intervals" grep -q "in2/share%s' is looked at.*NFS" says
    check "... and not the folder itself" sh -c '! grep -q "in2. is looked at" says'
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"

    # One that is mounted over the watched folder itself after the start.
    mkdir in3
    strace -f -o /dev/null -P "$DIR/in3" -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000:when=3+ \
        "$luutru" --archive box watch --json --set settle=0.1 --set reserve=0 in3 >log 2>says </dev/null &
    tracer=$!
    eventually "a share that is mounted over a watched folder is, too" grep -q "in3' is looked at.*NFS" says
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"
else
    skip 3 "no share can be feigned here"
fi

# A file that is larger than the room that is left, on a disk of which others still have enough.
mkdir disk large
if mount -t tmpfs -o size=6m tmpfs disk 2>/dev/null; then
    trap 'umount "$DIR/disk"; rm -rf "$DIR"' EXIT
    rm -r box
    mkdir disk/box
    ln -s disk/box box
    whole_pdf large/a.pdf "$(head -c 8000000 /dev/zero | tr '\0' x)"
    head -c 8000000 /dev/zero >large/film.bin
    run 1 "who looks once does not wait for room" \
        "$luutru" --archive box watch --once --json --set settle=0 --set reserve=0 large
    said "... and is told what to do" 'a.pdf","outcome":"waiting.*make room'
    check "what is no document needs no room" is_in skipped film.bin
    start_watch large
    eventually "a watcher says what it waits for" grep -q "a.pdf' waits: .*make room" says
    whole_pdf large/b.pdf "a small one"
    eventually "... and takes others meanwhile" is_in filed large/b.pdf
    stop_watch

    # The same of one that comes through the queue, and of one that an earlier run left unfinished.
    head -c 3000000 /dev/zero >disk/ballast
    mkdir asked
    whole_pdf asked/c.pdf "$(head -c 3500000 /dev/zero | tr '\0' y)"
    start_watch large
    eventually "with less room a watcher runs" watcher_says "process = $watcher"
    run 75 "one that is asked for waits, too" "$luutru" --archive box ingest --wait 1 asked/c.pdf
    eventually "... which is said" grep -q 'c.pdf","outcome":"waiting.*make room' log
    whole_pdf asked/d.pdf "a small one that is asked for"
    run 0 "... and others are taken that are asked for" "$luutru" --archive box ingest --wait 30 asked/d.pdf
    stop_watch
    start_watch --set retry-pause=1 large
    whole_pdf large/e.pdf "beside an unfinished one"
    eventually "the next watcher takes others, too" is_in filed large/e.pdf
    check "... without a pause" sh -c '! grep -q paused says'
    rm disk/ballast
    eventually "... and with room again what is unfinished" is_in filed asked/c.pdf
    stop_watch

    # The disk to which filed sources go is full for a while.
    rm box && mkdir moves
    head -c 10000000 /dev/zero >disk/ballast 2>/dev/null
    start_watch --set look=1 --move disk/done moves
    whole_pdf moves/c.pdf "cannot be moved yet"
    eventually "a source that cannot be moved" grep -q 'c.pdf","outcome":"unchanged.*cannot be moved' log
    check "... stays, and is filed" sh -c '[ -e moves/c.pdf ] && [ ! -e disk/done/c.pdf ] && grep -q "c.pdf.*\"filed\"" log'
    rm disk/ballast
    eventually "... and is moved when there is room" sh -c '[ -e disk/done/c.pdf ] && [ ! -e moves/c.pdf ]'
    stop_watch

    # A quota, of which statvfs(2) knows nothing: here a disk of its own for originals.
    rm -r box
    umount disk
    mkdir -p box/objects
    mount -t tmpfs -o size=1m tmpfs box/objects
    trap 'umount "$DIR/box/objects"; rm -rf "$DIR"' EXIT
    mkdir quota
    whole_pdf quota/a.pdf "$(head -c 2000000 /dev/zero | tr '\0' z)"
    whole_pdf quota/b.pdf "within the quota"
    start_watch --set retry-pause=1 quota
    eventually "a file beyond the quota waits" grep -q 'a.pdf","outcome":"waiting.*make room' log
    eventually "... while others are taken" is_in filed quota/b.pdf
    check "... without a pause" sh -c '! grep -q paused says'
    mount -o remount,size=8m box/objects
    eventually "... and is taken when there is room" is_in filed quota/a.pdf
    stop_watch
else
    skip 19 "a small disk cannot be mounted here"
fi
