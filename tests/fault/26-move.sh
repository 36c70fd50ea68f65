#!/bin/sh
# A source is moved only when it was filed: also by the run after one that was killed before it could move it. A
# link stays where it is, and a folder that takes no files costs nothing but the move.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=exit
export LUUTRU_WORKER BAD_WORKER
plan 30

mkdir in
printf '%%PDF-1.4\ngood\n' >in/good.pdf
printf '%%PDF-1.4\nBADBADBAD\n' >in/bad.pdf
printf '%%PDF-1.4\nelsewhere\n' >elsewhere.pdf
ln -s ../elsewhere.pdf in/link.pdf
run 1 "a run that moves nothing" "$luutru" --archive box ingest in
check "leaves every source" test -e in/good.pdf -a -e in/bad.pdf
run 0 "the next run moves" "$luutru" --archive box ingest --json --move in/done in
check "what was filed" cmp -s in/done/good.pdf - <<'END'
%PDF-1.4
good
END
check "and nothing else" test ! -e in/good.pdf -a -e in/bad.pdf -a "$(ls in/done | wc -l)" -eq 1
json "a link is reported to stay" \
    'any(p and p.endswith("link.pdf") and "link" in r["reason"] for p, r in files.items())'
check "... and does" test -L in/link.pdf -a -e elsewhere.pdf
run 0 "the folder for filed sources is left alone" "$luutru" --archive box ingest --json --move in/done in
check "... and its files stay" test "$(ls in/done)" = good.pdf

printf '%%PDF-1.4\nlater\n' >in/later.pdf
: >file
run 1 "a file in place of the folder" "$luutru" --archive box ingest --move file in/later.pdf
said "... is an error that names it" "'file'"
check "... before anything is taken" test -e in/later.pdf
run 0 "without it" "$luutru" --archive box ingest --json in/later.pdf
json "... the file is filed" 'rows[-1]["filed"] == 1'

# A source that may not be removed, on another file system than the folder for filed sources.
mkdir closed
printf '%%PDF-1.4\nclosed\n' >closed/a.pdf
mkdir -m 777 boxes
shelf=$(mktemp -d /dev/shm/luutru-XXXXXX 2>/dev/null || mktemp -d)
trap 'chmod u+w "$DIR/closed"; rm -rf "$DIR" "$shelf"' EXIT
chmod 755 "$DIR"
chmod 555 closed
chmod 777 "$shelf"
if [ "$(stat -c %d "$shelf")" != "$(stat -c %d closed)" ] && as_user test -x "$luutru" -a -r closed/a.pdf; then
    for i in 1 2; do
        run 1 "run $i over a source that may not be removed" \
            as_user "$luutru" --archive boxes/closed ingest --move "$shelf" closed
        said "... says so" "closed/a.pdf.*cannot be moved"
        check "... and leaves it where it is, and no copy of it" \
            test -e closed/a.pdf -a "$(ls -A "$shelf" | wc -l)" -eq 0
    done
else
    skip 6 "no second file system, or no user that permissions bind"
fi

# A folder for filed sources that takes nothing: the summary tells it, also when all was filed before.
mkdir -p stays full/.done
whole_pdf stays/a.pdf "stays"
whole_pdf stays/b.pdf "stays, too"
chmod 777 stays
chown -R 65534 stays 2>/dev/null
chmod 555 full/.done
if as_user test -x "$luutru" -a -r stays/a.pdf && ! as_user test -w full/.done; then
    BAD_WORKER=well
    run 1 "sources that cannot be moved" as_user "$luutru" --archive boxes/stays ingest --json --move full/.done stays
    json "... are counted, and filed" 'rows[-1]["stayed"] == 2 and rows[-1]["filed"] == 2'
    for what in ingest "watch --once --set settle=0 --set reserve=0"; do
        run 1 "... when they are met again by '$what'" as_user "$luutru" --archive boxes/stays $what --move full/.done stays
        said "... for people" '^2 sources could not be moved or deleted'
        check "... and not that there is nothing to do" sh -c "! grep -q 'Nothing to do' '$OUT'"
    done
    chmod 777 full/.done
    run 0 "when that is put right they move" as_user "$luutru" --archive boxes/stays ingest --json --move full/.done stays
    json "... and none stays" 'rows[-1]["stayed"] == 0'
else
    skip 10 "no user that permissions bind"
fi
