#!/bin/sh
# A watched folder when things go wrong: no events, too many, a full disk, a worker that dies, a file that
# nobody may read.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 36

# No events: a file system of the network, as statfs(2) tells.
mkdir in
strace -f -o /dev/null -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000 true 2>/dev/null
if [ $? -eq 0 ]; then
    run 3 "an archive on a network file system is refused" \
        strace -f -o /dev/null -e trace=statfs -e inject=statfs:poke_exit=@arg2=6969000000000000 \
        "$luutru" --archive net ingest in
    said "... with the reason" 'disk of the network \(NFS\)'
    strace -f -o /dev/null -e trace=statfs -e inject=statfs:poke_exit=@arg2=4655736500000000 \
        "$luutru" --archive box watch --set settle=0.1 --set reserve=0 --set poll=1 in >log 2>says &
    watcher=$!
    eventually "where nothing is told it says so" grep -q "looked at in intervals.*FUSE" says
    whole_pdf in/polled.pdf "polled"
    eventually "... and looks for itself" is_in filed polled.pdf
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$watcher"
else
    skip 4 "no file system can be feigned here"
fi
start_watch --set always-poll=true in
mkdir -p in/one/two
whole_pdf in/one/two/a.pdf "found by looking"
eventually "always-poll: found by looking" is_in filed two/a.pdf
head -c 30 in/one/two/a.pdf >in/b.pdf
eventually "... a part of a file is none" is_in quarantined in/b.pdf
whole_pdf in/b.pdf "complete"
eventually "... until it is whole" is_in filed in/b.pdf
stop_watch

# A name that is gone when its turn comes is nothing to be told.
mkdir goes
whole_pdf goes/a.pdf "stays"
whole_pdf goes/gone.pdf "goes"
if strace -f -o /dev/null -P "$DIR/goes" -e trace=newfstatat -e inject=newfstatat:error=ENOENT true 2>/dev/null; then
    run 0 "a name that goes between two steps of a look" \
        strace -f -o /dev/null -P "$DIR/goes/gone.pdf" -e trace=newfstatat -e inject=newfstatat:error=ENOENT \
        "$luutru" --archive box watch --once --json --set settle=0 --set reserve=0 goes
    json "... is no failure" 'rows[-1]["failed"] == 0 and rows[-1]["filed"] == 1'
    run 0 "... and is taken when it is back" "$luutru" --archive box watch --once --set settle=0 --set reserve=0 goes
else
    skip 3 "no name that goes can be feigned here"
fi

# More events than the kernel keeps, and some of them of a file that is meant.
start_watch in
eventually "events again" watcher_says "process = $watcher AND folders >= 3"
kill -STOP "$watcher"
"$PYTHON" -c 'for i in range(9000): open(f"in/{i}.tmp", "w").close()'
whole_pdf in/lost.pdf "its events are lost"
kill -CONT "$watcher"
eventually "a file whose events were lost is found" is_in filed lost.pdf
rm -f in/*.tmp
stop_watch

# The limit of watches, which is the kernel's for each user namespace.
if unshare -Ur sh -c 'echo 2 >/proc/sys/user/max_inotify_watches' 2>/dev/null; then
    unshare -Ur sh -c 'echo 2 >/proc/sys/user/max_inotify_watches && exec "$@"' - "$luutru" --archive box \
        watch --set settle=0.1 --set reserve=0 --set poll=1 in >log 2>says &
    watcher=$!
    eventually "at the limit of watches it says so" grep -q "limit of watched folders" says
    whole_pdf in/one/two/beyond.pdf "beyond the limit"
    eventually "... and looks in intervals" is_in filed beyond.pdf
    stop_watch
else
    skip 2 "the limit of watches cannot be set here"
fi

# The limit of those whom the kernel tells anything.
if unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_inotify_instances' 2>/dev/null; then
    unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"' - "$luutru" --archive box \
        watch --set settle=0.1 --set reserve=0 --set poll=1 in >log 2>says &
    watcher=$!
    eventually "where no more are told it says so" grep -q "intervals.*max_user_instances" says
    whole_pdf in/untold.pdf "nothing is told"
    eventually "... and looks in intervals" is_in filed untold.pdf
    stop_watch
else
    skip 2 "the limit cannot be set here"
fi

# Trouble that may pass.
printf 'BADBADBAD' >bad
BAD_WORKER=exit
start_watch --set retries=2 --set retry-pause=1 in
whole_pdf in/bad.pdf BADBADBAD
eventually "a file that costs its workers waits for another try" \
    sh -c 'sqlite3 box/archive.db "SELECT attempts FROM ledger WHERE retry_at IS NOT NULL" | grep -qx 1'
check "... which is told" grep -q 'bad.pdf","outcome":"waiting' log
whole_pdf in/good.pdf "a good one"
eventually "... while others go on" is_in filed good.pdf
eventually "... and after some tries it is quarantined" is_in quarantined bad.pdf
check "... having been tried again twice" \
    test "$(sqlite3 box/archive.db "SELECT attempts FROM ledger WHERE state = 'quarantined'")" = 2
stop_watch
BAD_WORKER=once-exit BAD_ONCE=$DIR/once2
export BAD_ONCE
"$luutru" --archive box quarantine retry >/dev/null
BAD_WORKER=well
start_watch in
eventually "set back by a person, it is taken by the watcher" is_in filed bad.pdf
if as_user test -x "$luutru"; then
    whole_pdf closed.pdf "nobody may read it"
    chmod 000 closed.pdf
    stop_watch
    chmod 777 . in
    chown -R 65534 box in closed.pdf 2>/dev/null
    as_user "$luutru" --archive "$DIR/box" watch --json --set settle=0.1 --set reserve=0 --set retry-pause=1 in >log 2>says &
    # Asked as that user: what root opens is root's for a moment, in which nobody else could open the archive.
    eventually "a watcher of a user" as_user sh -c "sqlite3 -cmd '.timeout 10000' box/archive.db \
        \"SELECT state FROM watcher WHERE process <> $watcher\" | grep -qx watching"
    watcher=$(sqlite3 box/archive.db 'SELECT process FROM watcher')
    mv closed.pdf in/closed.pdf
    eventually "a file that may not be read waits" grep -q 'closed.pdf","outcome":"waiting.*permission' log
    chmod 644 in/closed.pdf
    eventually "... and is taken when it may" is_in filed closed.pdf
    kill "$watcher"
    eventually "... which ends" watcher_says "state = 'stopped'"
else
    skip 4 "no user that permissions bind can reach the program"
    stop_watch
fi

# A disk that is full.
mkdir disk
if mount -t tmpfs -o size=4m tmpfs disk 2>/dev/null; then
    trap 'umount "$DIR/disk"; rm -rf "$DIR"' EXIT
    mv box box-before
    mkdir full disk/box
    ln -s disk/box box
    start_watch --set reserve=1 full
    eventually "a watcher on a small disk" watcher_says "state = 'watching'"
    head -c 2600000 /dev/zero >disk/ballast
    eventually "with little room it pauses" watcher_says "state = 'paused' AND reason LIKE '%nearly full%'"
    whole_pdf full/a.pdf "a full disk"
    run 0 "status says so" "$luutru" --archive box status
    said "... to people" 'nearly full'
    check "... nothing is taken meanwhile" is_in '' full/a.pdf
    whole_pdf asked.pdf "asked for while the disk is full"
    run 75 "... nor what is asked for" "$luutru" --archive box ingest --wait 1 asked.pdf
    stop_watch
    start_watch --set reserve=1 full
    eventually "the next watcher pauses, too" watcher_says "process = $watcher AND state = 'paused'"
    check "... before it begins anything" is_in '' asked.pdf
    rm disk/ballast
    eventually "with room again it goes on by itself" is_in filed full/a.pdf
    eventually "... and with that" is_in filed asked.pdf
    stop_watch
else
    skip 10 "a small disk cannot be mounted here"
fi
