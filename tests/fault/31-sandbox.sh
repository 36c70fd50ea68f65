#!/bin/sh
# What reads files has walls around it; where the system lets none be built it goes on, says so, and can be told not to.
. "$(dirname "$0")/../cli/tap"
plan 28

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB
probe() { env "$@" --probe-sandbox >"$OUT" 2>"$ERR"; }
probe "$BUILD/luutru-worker"
if grep -q "no-sandbox" "$OUT"; then
    skip 28 "this system has no Landlock or no seccomp of its own"
    exit 0
fi
check "nothing of what is tried within the walls is allowed" \
    sh -c 'test "$(wc -l <"$0")" -ge 13 && ! grep -vE " (refused|killed)$" "$0"' "$OUT"
run 0 "with every wall a run says nothing of them" "$luutru" --archive box ingest --require-sandbox in
check "... nothing at all" test ! -s "$ERR"

without() { # landlock|seccomp|both
    cat >"$1" <<END
#!/bin/sh
exec "$BUILD/tests/fault/no-walls" "$1" "$BUILD/luutru-worker" "\$@"
END
    chmod +x "$1"
    rm -rf box
    run 0 "without $1 a run goes on" env LUUTRU_WORKER="$DIR/$1" "$luutru" --archive box ingest --json in
    json "... files what is there" 'rows[-1]["filed"] == 1'
    said "... and says what is missing" "no walls.*$2"
    run 4 "but not when told not to" \
        env LUUTRU_WORKER="$DIR/$1" "$luutru" --archive strict ingest --require-sandbox in
    said "... and says why" "sandbox"
}

without landlock landlock
without seccomp seccomp
without both "landlock, seccomp"
run 0 "recognising again goes on without, too" \
    env LUUTRU_WORKER="$DIR/both" "$luutru" --archive box reread --recognise
run 4 "... and not when told not to" \
    env LUUTRU_WORKER="$DIR/both" "$luutru" --archive box reread --recognise --require-sandbox
run 0 "so do pictures of pages" env LUUTRU_WORKER="$DIR/both" "$luutru" --archive box review --crops cuts
said "... and say so" "no walls.*landlock, seccomp. Pages are shown without"
run 4 "... and none are made when told not to" \
    env LUUTRU_WORKER="$DIR/both" "$luutru" --archive box review --crops strict-cuts --require-sandbox
said "... which is said" "sandbox cannot be built whole"
run 4 "nor is the page for the office served" \
    env LUUTRU_WORKER="$DIR/both" "$luutru" --archive box serve --port 0 --require-sandbox
said "... which is said, too" "sandbox cannot be built whole"

# A lower limit that is there already is kept.
chmod 755 . in
chmod 644 in/a.pdf
mkdir -m 777 boxes
if as_user test -x "$luutru" -a -r in/a.pdf; then
    run 0 "workers keep to a lower limit of memory" \
        as_user sh -c 'ulimit -v 2000000 && exec "$@"' - "$luutru" --archive boxes/low ingest --json in
    json "... and read what is there" 'rows[-1]["filed"] == 1'
else
    skip 2 "no user that permissions bind can reach the program"
fi
