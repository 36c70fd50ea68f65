#!/bin/sh
# A worker that dies, stalls, floods or answers nonsense costs the document that it reads and no other.
. "$(dirname "$0")/../cli/tap"
LUUTRU_WORKER=$BUILD/tests/fault/bad-worker
export LUUTRU_WORKER BAD_WORKER BAD_PAGES BAD_PAGE
BAD_PAGES=3
BAD_PAGE=2

mkdir in
for i in 1 2 3 4; do printf '%%PDF-1.4\ngood %d\n' $i >in/good$i.pdf; done
printf '%%PDF-1.4\nBADBADBAD\n' >in/bad.pdf

mode() { # MODE REASON
    BAD_WORKER=$1
    run 1 "$1: the run ends with 1" "$luutru" --archive "box-$1" ingest --json --jobs 2 --page-deadline 2 in
    json "$1: the other documents are filed" \
        'rows[-1]["filed"] == 4 and rows[-1]["quarantined"] == 1'
    json "$1: the bad one is quarantined, with the reason" \
        "any(p and p.endswith('bad.pdf') and r['outcome'] == 'quarantined' and
            __import__('re').search('$2', r['reason']) for p, r in files.items())"
    run 0 "$1: the next run" "$luutru" --archive "box-$1" ingest --json in
    json "$1: ... does nothing" 'rows[-1]["unchanged"] == 5 and rows[-1]["pages"] == 0'
}

plan 60
mode exit "exit code 1"
mode crash-page "page 2: .*crashed"
mode stall "longer than 2 seconds"
mode stall-page "page 2: .*longer than 2 seconds"
mode spin-page "page 2: .*(longer than 2 seconds|crashed)"
mode garbage "makes no sense"
mode garbage-page "page 2: .*makes no sense"
mode cut "ended with exit code"
mode lie "makes no sense"
mode lie-page "page 2: .*makes no sense"
mode lie-count "makes no sense"
mode flood "makes no sense"
