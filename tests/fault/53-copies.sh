#!/bin/sh
# A backup and a restore that are killed before anything is in their folder go on in it all the same.
. "$(dirname "$0")/../cli/tap"
plan 11
faulty=${ASAN_BUILD:-$TOP/build/asan}
case $faulty in
/*) ;;
*) faulty=$TOP/$faulty ;;
esac
export LUUTRU_WORKER="$BUILD/tests/fault/bad-worker" BAD_WORKER=well ASAN_OPTIONS=detect_leaks=0

whole_pdf a.pdf "one"
run 0 "an archive" "$luutru" --archive box ingest a.pdf
for point in folder.sync.after folder.mkdir.before; do
    run 137 "a backup that is killed ($point)" \
        env LUUTRU_FAULT=$point=kill "$faulty/luutru" --archive box backup copy-$point
    run 0 "... goes on" "$luutru" --archive box backup copy-$point
done
run 137 "a restore that is killed" env LUUTRU_FAULT=folder.sync.after=kill "$faulty/luutru" --archive again restore copy-$point
mkdir in
run 75 "... whose place no other archive takes" "$luutru" --archive again ingest a.pdf
run 75 "... nor a watcher's" "$luutru" --archive again watch --once in
said "... which is told why" "a copy is being made in"
run 0 "... goes on" "$luutru" --archive again restore copy-$point
run 0 "... to its end" "$luutru" --archive again verify
