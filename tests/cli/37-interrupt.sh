#!/bin/sh
# Ctrl-C and a polite kill stop the run with 130; the next run goes on.
. "$(dirname "$0")/tap"
plan 9

mkdir in
dispatch in/a.pdf 1/STTTT-VP
mkfifo began
cat >worker <<EOF
#!/bin/sh
echo began >"$DIR/began"
exec "$BUILD/luutru-worker" "\$@"
EOF
chmod +x worker

for signal in INT TERM; do
    LUUTRU_WORKER=$DIR/worker "$luutru" --archive box ingest --jobs 1 in >"$OUT" 2>"$ERR" &
    run=$!
    await began
    kill -s $signal $run
    wait $run
    CODE=$?
    check "SIG$signal ends the run with 130" test "$CODE" -eq 130
    said "... says so" 'Stopping'
    said "... and that the next goes on" 'next run goes on'
done
run 0 "the next run goes on" "$luutru" --archive box ingest --json in
json "... to the end" 'rows[-1]["filed"] + rows[-1]["unchanged"] == 1 and not rows[-1]["interrupted"]'
run 0 "and the document is there" "$luutru" --archive box show 1/STTTT-VP
