#!/bin/sh
# Runs that are killed at any moment, one after the other, end in the archive that one undisturbed run makes.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_WORKER=well
BAD_PAGES=3
KILLS=${KILLS:-30}
export LUUTRU_WORKER BAD_WORKER BAD_PAGES
plan 7

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
# Each is killed a little later than the one before; that some of them come to their end does no harm.
python3 - "$luutru" "$KILLS" >killed <<'PYTHON'
import random, subprocess, sys
luutru, kills = sys.argv[1], int(sys.argv[2])
random.seed(1758)
killed = 0
for i in range(kills):
    run = subprocess.Popen([luutru, "--archive", "box", "ingest", "--jobs", "2", "in"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        run.wait(timeout=random.uniform(0.002, 0.06))
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
        killed += 1
print(killed)
PYTHON
check "runs were killed on the way" test "$(cat killed)" -gt $((KILLS / 3))
"$luutru" --archive box ingest --json --jobs 2 in >"$OUT" 2>"$ERR"
json "the last run comes to its end" 'rows[-1]["files"] == 124'
contents whole >whole.txt
contents box >box.txt
check "the archive is the one of the undisturbed run" diff whole.txt box.txt
check "no page stays staged, no file half copied" \
    sh -c 'test "$(sqlite3 box/archive.db "SELECT count(*) FROM staged_page")" = 0 && ! ls box/objects/tmp | grep -q .'
check "every original is there, whole" sh -c '
    cd box/objects && for file in ??/*; do
        sum=$(sha256sum "$file" | cut -d" " -f1)
        [ "$sum" = "$(echo "$file" | tr -d /)" ] || exit 1
    done'
