#!/bin/sh
# Workers that cannot be started end the run at once, with the reason; nothing is quarantined for it, and the
# next run goes on.
. "$(dirname "$0")/../cli/tap"
plan 13

mkdir in
printf '%%PDF-1.4\nfirst\n' >in/a.pdf
printf '%%PDF-1.4\nsecond\n' >in/b.pdf
run 4 "no worker program" env LUUTRU_WORKER=/nonexistent/worker "$luutru" --archive box ingest in
said "the message names it" "/nonexistent/worker.*No such file"
run 0 "nothing is lost by it" "$luutru" --archive box status --json
json "... or quarantined" 'rows[0]["ledger"]["quarantined"] == 0 and rows[0]["documents"] == 0'

cat >dies <<'END'
#!/bin/sh
echo started >>"${0%/*}/starts"
echo "the models are missing" >&2
exit 3
END
chmod +x dies
run 4 "a worker program that ends at once" env LUUTRU_WORKER="$DIR/dies" "$luutru" --archive box ingest --jobs 1 in
said "its last words are passed on" "the models are missing"
check "it is not started for ever" test "$(wc -l <starts)" -eq 3
run 4 "a program that is no worker" env LUUTRU_WORKER=/bin/true "$luutru" --archive box ingest in
run 0 "with a worker the next run goes on" \
    env LUUTRU_WORKER="$BUILD/tests/fault/bad-worker" BAD_WORKER=well "$luutru" --archive box ingest --json in
json "... and files everything" 'rows[-1]["filed"] == 2'
check "no worker is left behind" sh -c '! pgrep -x dies'

# Where only one comes up, the run goes on with that one.
cat >single <<END
#!/bin/sh
mkdir "$DIR/taken" 2>/dev/null || exit 3
exec "$BUILD/tests/fault/bad-worker"
END
chmod +x single
run 0 "one worker of four is enough" \
    env LUUTRU_WORKER="$DIR/single" BAD_WORKER=well BAD_PAGES=200 timeout 120 "$luutru" --archive other ingest --jobs 4 --json in
json "... for everything" 'rows[-1]["filed"] == 2 and rows[-1]["pages"] == 400'
