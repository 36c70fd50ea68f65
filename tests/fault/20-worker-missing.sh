#!/bin/sh
# Workers that cannot be started end the run at once, with the reason; nothing is quarantined for it, and the
# next run goes on.
. "$(dirname "$0")/../cli/tap"
plan 20

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

# A watcher ends where none ever came up, and waits where they did before.
. "$TOP/tests/fault/watching"
run 4 "a watcher without a worker program" \
    env LUUTRU_WORKER=/nonexistent/worker "$luutru" --archive box watch --set reserve=0 in
cat >replaced <<END
#!/bin/sh
[ ! -e "$DIR/away" ] || exit 3
exec "$BUILD/tests/fault/bad-worker"
END
chmod +x replaced
LUUTRU_WORKER=$DIR/replaced BAD_WORKER=exit
mkdir drop
start_watch --set jobs=1 --set retry-pause=1 drop
whole_pdf drop/a.pdf "before"
eventually "a watcher whose worker comes up" is_in filed drop/a.pdf
touch away
whole_pdf drop/b.pdf BADBADBAD
eventually "... and does not any more waits" grep -q "paused, and tried again.*does not come up" says
rm away
whole_pdf drop/c.pdf "after"
eventually "... until it does" is_in filed c.pdf
stop_watch
check "... having lost nothing" sh -c '[ "$1" -eq 0 ] && ! grep -q "outcome.:.failed" log' - "$CODE"

# One that does not come up is tried for again.
cat >scarce <<END
#!/bin/sh
echo started >>"$DIR/scarce-starts"
[ ! -e "$DIR/scarce-only" ] || mkdir "$DIR/scarce-first" 2>/dev/null || exit 3
exec "$BUILD/tests/fault/bad-worker"
END
chmod +x scarce
touch scarce-only
BAD_WORKER=well LUUTRU_WORKER=$DIR/scarce BAD_PAGES=200
export BAD_PAGES
mkdir many
start_watch --set jobs=2 --set retry-pause=1 many
asked_for=0
works_with() { # AT-LEAST STARTS
    asked_for=$((asked_for + 1))
    whole_pdf "many/$asked_for.pdf" "work for several $asked_for"
    [ "$(pgrep -cP "$watcher")" -ge "$1" ] && [ "$(wc -l <scarce-starts)" -ge "$2" ]
}
eventually "where only one worker comes up, a watcher makes do" works_with 1 4
rm scarce-only
eventually "... for a while" works_with 2 5
stop_watch
