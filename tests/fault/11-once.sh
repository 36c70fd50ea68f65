#!/bin/sh
# What cost a worker once is tried once more, in a fresh one, and filed.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
BAD_PAGES=3
BAD_PAGE=2
export LUUTRU_WORKER BAD_WORKER BAD_PAGES BAD_PAGE BAD_ONCE
plan 24

mkdir in
printf '%%PDF-1.4\ngood\n' >in/good.pdf
printf '%%PDF-1.4\nBADBADBAD\n' >in/bad.pdf
for mode in exit crash-page stall-page garbage lie-page cut; do
    BAD_WORKER=once-$mode
    BAD_ONCE=$DIR/done-$mode
    run 0 "$mode once: the run ends with 0" "$luutru" --archive "box-$mode" ingest --json --jobs 1 --page-deadline 2 in
    check "$mode once: it did happen" test -e "$BAD_ONCE"
    json "$mode once: both documents are filed" 'rows[-1]["filed"] == 2 and rows[-1]["quarantined"] == 0'
    json "$mode once: every page is counted once" 'rows[-1]["pages"] == 6'
done
