#!/bin/sh
# Two runs on one archive: the second ends with 75, or waits. A worker that waits at a pipe keeps the
# first run where it is as long as the test wants.
. "$(dirname "$0")/tap"
plan 13

dispatch a.pdf 1/STTTT-VP
dispatch b.pdf 2/STTTT-VP
mkfifo began go
cat >worker <<EOF
#!/bin/sh
echo began >"$DIR/began"
read line <"$DIR/go"
exec "$BUILD/luutru-worker" "\$@"
EOF
chmod +x worker

LUUTRU_WORKER=$DIR/worker "$luutru" --archive box ingest --jobs 1 a.pdf >first 2>&1 &
first=$!
await began
run 75 "the second run ends at once" "$luutru" --archive box ingest b.pdf
said "... names the process that is at work" "process $first"
said "... and says what to do" "try again when it has ended"
run 0 "readers are not kept out" "$luutru" --archive box status --json
json "... and see no half-filed document" 'rows[0]["documents"] == 0'
run 0 "a dossier is begun beside it" "$luutru" --archive box dossier new 01.TH --title 'Hồ sơ thử'
"$luutru" --archive box ingest --wait 60 b.pdf >second 2>&1 &
second=$!
echo go >go
wait $first
check "the first run ends well" test $? -eq 0
wait $second
check "the run that waits gets its turn" test $? -eq 0
run 0 "both are there" "$luutru" --archive box status --json
json "... two documents" 'rows[0]["documents"] == 2'
check "the first said so" grep -q '1 filed' first
run 0 "a document goes into the dossier that was begun meanwhile" "$luutru" --archive box dossier add 01.TH 1/STTTT-VP
said "... one" '^1 document put in'
