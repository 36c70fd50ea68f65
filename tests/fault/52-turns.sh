#!/bin/sh
# What happens to a file, its folder or its disk between the look at it and its turn, or before its source goes.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 34
ask() { sqlite3 -cmd '.timeout 10000' box/archive.db "$1"; }

# The client of a share gives no lease where its server gave it no right to keep the file to itself.
mkdir in lease done
ways=
for fd in $(seq 3 60); do ways="$ways -P /proc/self/fd/$fd"; done
# shellcheck disable=SC2086 # words
feign() { strace -f -o /dev/null -P "$DIR/lease/a.pdf" $ways -e trace=fcntl,statfs -e inject=fcntl:error=EAGAIN \
    -e inject=statfs:poke_exit=@arg2=6969000000000000 "$@"; }
if feign true 2>/dev/null; then
    whole_pdf lease/a.pdf "on a share"
    run 0 "a file on a share that gives no leases is taken" feign timeout 60 "$luutru" --archive box watch --once --json \
        --set settle=0.1 --set patience=0.3 --set reserve=0 --move done lease
    check "... and moved" test -e done/a.pdf -a ! -e lease/a.pdf
    # A share that knows no leases gives no sign of a writer: a pause of his is not taken for the end.
    whole_pdf lease/a.pdf "page after page"
    strace -f -o /dev/null -P "$DIR/lease/a.pdf" $ways -e trace=fcntl,statfs -e inject=fcntl:error=EINVAL \
        -e inject=statfs:poke_exit=@arg2=6969000000000000 "$luutru" --archive box watch --json --set settle=0.1 \
        --set patience=3600 --set reserve=0 lease >log 2>says </dev/null &
    tracer=$!
    eventually "a watcher of such a share" watcher_says "waiting = 1"
    for i in 1 2 3; do
        whole_pdf lease/$i.pdf "closed before its eyes $i"
        eventually "... takes what it sees closed ($i)" is_in filed lease/$i.pdf
    done
    check "... and waits longer for what may grow" test "$(grep -c 'a.pdf' log)" -eq 0
    kill "$(sqlite3 box/archive.db 'SELECT process FROM watcher')"
    wait "$tracer"
else
    skip 7 "no such share can be feigned here"
fi

# Somebody saves another file under the name while its copy on the other disk is compared.
shelf=$(mktemp -d /dev/shm/luutru-XXXXXX 2>/dev/null || mktemp -d)
trap 'rm -rf "$DIR" "$shelf"' EXIT
mkdir across
whole_pdf across/a.pdf "the old one"
touch -d 2026-01-01 across/a.pdf
whole_pdf new.pdf "the new one"
if [ "$(stat -c %d "$shelf")" != "$(stat -c %d across)" ] &&
    strace -o /dev/null -P "$DIR/across" -e trace=pread64 -e inject=pread64:delay_enter=1 true 2>/dev/null; then
    strace -f -o /dev/null -P "$DIR/across/a.pdf" -e trace=pread64 -e inject=pread64:delay_enter=400000 \
        "$luutru" --archive box ingest --json --move "$shelf" across >"$OUT" 2>"$ERR" &
    moving=$!
    eventually "a copy is made on the other disk" test -e "$shelf/a.pdf"
    mv new.pdf across/a.pdf
    wait "$moving"
    check "what was saved over the source meanwhile stays" grep -q "the new one" across/a.pdf
else
    skip 2 "no second file system, or nothing can be slowed down"
fi

# A source that somebody has open for writing, of the same size and time.
mkdir held
whole_pdf held/a.pdf "held open"
exec 4>>held/a.pdf
for what in "ingest" "watch --once --set settle=0 --set patience=0 --set reserve=0"; do
    [ "$what" = ingest ] || { exec 4>&-; "$luutru" --archive box ingest held >/dev/null 2>&1; exec 4>>held/a.pdf; }
    run 1 "a source that is held open ('$what')" "$luutru" --archive box $what --json --move done held
    said "... is said to stay" 'a.pdf.*somebody has it open for writing'
    json "... and counted" 'rows[-1]["stayed"] == 1'
done
exec 4>&-
run 0 "when it is closed it moves" "$luutru" --archive box ingest --json --move done held
check "... to its place" test ! -e held/a.pdf

# A look that changes nothing, though something waits to be tried again.
: >in/empty.pdf
"$luutru" --archive box ingest in >/dev/null 2>&1
run 0 "a file is set back" "$luutru" --archive box quarantine retry
whole_pdf in/empty.pdf "filled by now"
touch -d @0 in/empty.pdf
ask "UPDATE ledger SET size = $(stat -c %s in/empty.pdf), mtime_ns = 0 WHERE CAST(path AS TEXT) LIKE '%/in/empty.pdf'"
for i in $(seq 300); do echo "note $i" >in/note$i.txt; done
find box/objects | sort >before
run 0 "a look that changes nothing" "$luutru" --archive box watch --dry-run --set settle=0 --set reserve=1000000 in
find box/objects | sort >after
check "... takes nothing in" cmp before after
check "... and leaves what waits" is_in seen in/empty.pdf
rm in/note*

# Too little room for who looks but once.
run 4 "who looks once ends where there is no room" \
    timeout 60 "$luutru" --archive box watch --once --set reserve=1000000 in
said "... and says what to do" "nearly full: free some space"

# Thousands that are asked for do not keep the scanner waiting.
mkdir own
for i in $(seq 600); do printf '%%PDF-1.4\nasked %s\n%%%%EOF\n' "$i" >own/$i.pdf; done
start_watch in
eventually "a watcher" watcher_says "state = 'watching' AND process = $watcher"
"$luutru" --archive box ingest own >"$OUT" 2>"$ERR" &
asking=$!
documents() { ask "SELECT count(*) FROM document WHERE CAST(source AS TEXT) LIKE '%/own/%' $1"; }
are_taken() { [ "$(documents)" -ge 30 ]; }
eventually "it takes what it is asked for" are_taken
whole_pdf in/scan.pdf "from the scanner"
eventually "a file from the scanner comes" is_in filed in/scan.pdf
wait "$asking"
check "... before much of what was asked for" test "$(documents "AND id >
    (SELECT id FROM document WHERE CAST(source AS TEXT) LIKE '%/in/scan.pdf')")" -gt 200
stop_watch

# Files whose turn comes late: one that was whole is being written anew by then.
use_waiting_worker
mkdir late
for i in 1 2 3 4 5 6 7; do whole_pdf late/$i.pdf "BADBADBAD waits $i"; done
start_watch --set jobs=1 late
wait_for_workers() { [ "$(in_state stored)" -ge 4 ]; }
eventually "some wait for a worker" wait_for_workers
eventually "... and the others for their turn" watcher_says "process = $watcher AND waiting = 0"
for i in 1 2 3 4 5 6 7; do is_in '' late/$i.pdf && last=$i; done
check "... one at least" test -n "$last"
exec 5>"late/$last.pdf"
printf '%%PDF-1.4\nhalf of it\n' >&5
echo go >go
late() { ask "SELECT count(*) FROM ledger WHERE CAST(path AS TEXT) LIKE '%/late/%' $1"; }
are_filed() { [ "$(late "AND state = 'filed'")" -ge 6 ]; }
eventually "the others are taken" are_filed
check "... and it is not, half as it is" is_in '' late/$last.pdf
whole_pdf whole "all of it"
cat whole >"late/$last.pdf"
exec 5>&-
eventually "... but when it is whole" is_in filed late/$last.pdf
check "... having been taken once" test "$(late)" -eq 7
stop_watch
