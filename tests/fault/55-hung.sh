#!/bin/sh
# A share whose server is switched off: whoever asks it for anything waits, and nobody else does.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 18

mkdir -p near/far off/done
# Beside the program, which goes on when that ends: then the server is there again.
feign() {
    exec strace -D -f -o /dev/null -P "$DIR/near/far" -P "$DIR/off/done" -P "$DIR/near/far/b.pdf" \
        -P "$DIR/near/far/asked.pdf" -e trace=openat,openat2,newfstatat,statx,readlink \
        -e inject=openat,openat2,newfstatat,statx,readlink:delay_enter=2000000000 "$@"
}
if ! (feign true) 2>/dev/null; then
    skip 18 "no such share can be feigned here"
    exit 0
fi
end_feigning() {
    kill -KILL "$(sed -n 's/^TracerPid:\t//p' "/proc/$watcher/status")"
}

# One of the folders lies on it, within another; and it is there that what is filed goes from that one.
cat >config <<END
[watch]
settle=0.1
poll=1
look=2
reserve=0
[folder $DIR/near]
after=move
done=$DIR/off/done
[folder $DIR/near/far]
END
whole_pdf near/far/b.pdf "on the share"
whole_pdf near/far/asked.pdf "asked for on the share"
feign "$luutru" --archive box watch --json --config config >log 2>says </dev/null &
watcher=$!
eventually "that a folder does not answer is told" grep -q 'far","outcome":"failed.*does not answer' log
eventually "... in the status, too" watcher_says "reason LIKE '%/far%'"
for i in 1 2 3; do
    whole_pdf near/$i.pdf "beside it $i"
    eventually "... while others go on ($i)" is_in filed near/$i.pdf
done
check "... and stay, where they are to be moved to such a disk" test -e near/1.pdf
run 1 "who asks for a file on it" "$luutru" --archive box ingest "$DIR/near/far/asked.pdf"
said "... is told" "does not answer"
end_feigning
eventually "what lies there is taken when it answers" is_in filed far/b.pdf
check "... which is told" grep -q "far' answers again" says
check "... and that it did not was told once" test "$(grep -c 'far","outcome.*does not answer' log)" -eq 1
eventually "the status has nothing more to say of it" watcher_says "reason IS NULL"
eventually "... and events come from there, too" watcher_says "folders = 2"
eventually "what was to be moved is" test -e off/done/1.pdf
whole_pdf near/far/c.pdf "later on the share"
eventually "... is taken like any other" is_in filed far/c.pdf
stop_watch

# Who looks but once has time.
rm -r box near off
mkdir -p near/far off/done
whole_pdf near/a.pdf "near"
whole_pdf near/far/b.pdf "slow"
feign "$luutru" --archive box watch --once --set settle=0.1 --set reserve=0 near near/far >log 2>says </dev/null &
watcher=$!
eventually "one who looks once has begun" test -e box/archive.db
end_feigning
wait "$watcher"
check "... and waits" test $? -eq 0
check "... for what is slow" has 2 filed
