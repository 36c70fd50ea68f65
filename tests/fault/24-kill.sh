#!/bin/sh
# Runs that are killed at any moment, one after the other, end in the archive that one undisturbed run makes.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=well
BAD_PAGES=3
KILLS=${KILLS:-30}
export LUUTRU_WORKER BAD_WORKER BAD_PAGES
plan 7

# In memory, where that can be: nobody need wait for a disk.
work=$(mktemp -d /dev/shm/luutru-XXXXXX 2>/dev/null || mktemp -d)
trap 'chmod -R u+rwX "$work" "$DIR"; rm -rf "$DIR" "$work"' EXIT
cd "$work" || exit 1

mkdir in
for i in $(seq 1 120); do printf '%%PDF-1.4\ndocument %d\n' "$i" >in/$i.pdf; done
cp in/1.pdf in/copy-of-1.pdf
cp in/120.pdf in/copy-of-120.pdf
echo "no document" >in/notes.txt
: >in/empty.pdf

contents() { # of an archive: what is filed, by its bytes; and the ledger by file and state
    sqlite3 "$1/archive.db" "SELECT sha256, page_count, format FROM document ORDER BY 1;
        SELECT CASE WHEN state IN ('filed', 'duplicate') THEN 'in the archive' ELSE state END, path
        FROM ledger ORDER BY 2; SELECT state, count(*) FROM ledger GROUP BY state"
}

run 1 "an undisturbed run" "$luutru" --archive whole ingest --json --jobs 2 in
json "... files all" 'rows[-1]["filed"] == 120 and rows[-1]["duplicate"] == 2'
contents whole >whole.txt
# Each kill comes at any moment of a run; an archive that came to its end all the same makes room for the next.
mkdir boxes
"$PYTHON" - "$luutru" "$KILLS" >killed <<'PYTHON'
import os, random, subprocess, sys, time
luutru, kills = sys.argv[1], int(sys.argv[2])
random.seed(os.environ.get("SEED"))


def begin(archive):
    return subprocess.Popen([luutru, "--archive", archive, "ingest", "--jobs", "2", "in"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


began = time.monotonic()
begin("timed").wait()
lasted, killed, archives = time.monotonic() - began, 0, 1
while killed < kills:
    run = begin(f"boxes/{archives}")
    try:
        run.wait(timeout=random.uniform(0, lasted / 3))
        archives += 1
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
        killed += 1
print(f"# {killed} kills, {archives} archives")
PYTHON
cat killed
check "runs were killed on the way" grep -q "^# $KILLS kills" killed
"$luutru" --archive "boxes/$(sed 's/.*, \([0-9]*\) archives/\1/' killed)" ingest --json --jobs 2 in >"$OUT" 2>"$ERR"
json "the last run comes to its end" 'rows[-1]["files"] == 124'
all_the_same() {
    for box in boxes/*; do contents "$box" | diff whole.txt - || return 1; done
}
check "each archive is the one of the undisturbed run" all_the_same
check "no page stays staged, no file half copied" sh -c '
    for box in boxes/*; do
        [ "$(sqlite3 $box/archive.db "SELECT count(*) FROM staged_page")" = 0 ] && ! ls $box/objects/tmp | grep -q . || exit 1
    done'
check "every original is there, whole" sh -c '
    for box in boxes/*; do
        cd $box/objects && for file in ??/*; do
            sum=$(sha256sum "$file" | cut -d" " -f1)
            [ "$sum" = "$(echo "$file" | tr -d /)" ] || exit 1
        done && cd ../../..
    done'
