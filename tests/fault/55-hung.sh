#!/bin/sh
# A share whose server is switched off: whoever asks it for anything waits, and nobody else does.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 10

mkdir near far
# Beside the program, which goes on when that ends: then the server is there again.
feign() { exec strace -D -f -o /dev/null -P "$DIR/far" -e trace=openat -e inject=openat:delay_enter=2000000000 "$@"; }
if ! (feign true) 2>/dev/null; then
    skip 10 "no such share can be feigned here"
    exit 0
fi
whole_pdf far/b.pdf "on the share"
feign "$luutru" --archive box watch --json --set settle=0.1 --set poll=1 --set look=2 --set reserve=0 near far \
    >log 2>says </dev/null &
watcher=$!
eventually "that a folder does not answer is told" grep -q 'far","outcome":"failed.*does not answer' log
eventually "... in the status, too" watcher_says "reason LIKE '%/far%'"
for i in 1 2 3; do
    whole_pdf near/$i.pdf "beside it $i"
    eventually "... while others go on ($i)" is_in filed near/$i.pdf
done
kill -KILL "$(sed -n 's/^TracerPid:\t//p' "/proc/$watcher/status")"
eventually "what lies there is taken when it does" is_in filed far/b.pdf
check "... which is told" grep -q "far' answers again" says
check "... and that it did not was told once" test "$(grep -c 'does not answer' log)" -eq 1
eventually "the status has nothing more to say of it" watcher_says "reason IS NULL"
whole_pdf far/c.pdf "later on the share"
eventually "... and it is looked at in intervals" is_in filed far/c.pdf
stop_watch
