#!/bin/sh
# A disk that fails once while a watcher has files in hand: it goes on, and counts each of them once.
. "$(dirname "$0")/../cli/tap"
. "$TOP/tests/fault/watching"
plan 6
luutru=${ASAN_BUILD:-$TOP/build/asan}/luutru
case $luutru in
/*) ;;
*) luutru=$TOP/$luutru ;;
esac
ASAN_OPTIONS=detect_leaks=0
BAD_GO=$DIR/go
export ASAN_OPTIONS BAD_GO

mkdir in
for i in 1 2 3 4 5; do whole_pdf in/$i.pdf "BADBADBAD $i"; done
LUUTRU_FAULT='original.write.before#6=EIO'
export LUUTRU_FAULT
start_watch in
unset LUUTRU_FAULT
eventually "some are in hand" has 5 stored
whole_pdf in/6.pdf "BADBADBAD 6"
eventually "a disk fails" grep -q 'paused, and tried again by itself' says
eventually "... and the watcher goes on" has 6 stored
touch go
eventually "... to the end of all" has 6 filed
stop_watch
tail -n 1 log >"$OUT"
json "each is counted once" 'rows[-1]["event"] == "summary" and rows[-1]["files"] == 6 and rows[-1]["filed"] == 6'
check "... and it ends well" test "$CODE" -eq 0
