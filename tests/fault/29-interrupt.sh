#!/bin/sh
# An interrupted run that goes on with files of an earlier one counts them once, though its folder shows them, too.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=slow-start
export LUUTRU_WORKER BAD_WORKER
plan 4

mkdir in
for i in 1 2 3 4 5 6 7 8 9; do printf '%%PDF-1.4\ndocument %d\n' $i >in/$i.pdf; done

interrupt() { # STORED PATH…: a run over these, interrupted when so many documents are stored and none is read
    stored=$1
    shift
    "$luutru" --archive box ingest --jobs 1 "$@" >"$OUT" 2>"$ERR" &
    run=$!
    tries=0
    until [ "$(sqlite3 -cmd '.timeout 5000' box/archive.db \
        "SELECT count(*) FROM ledger WHERE state = 'stored'" 2>/dev/null)" = "$stored" ] || [ $tries -eq 600 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    kill -s INT $run
    wait $run
    CODE=$?
}

interrupt 2 in/8.pdf in/9.pdf
check "a run is interrupted" test "$CODE" -eq 130
interrupt 4 in
check "so is the next" test "$CODE" -eq 130
said "... which counts every file once" '^9 files'
BAD_WORKER=well
run 0 "the last one comes to its end" "$luutru" --archive box ingest in
