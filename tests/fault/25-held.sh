#!/bin/sh
# A document that is marked secret is held: its original is kept, its text is not.
. "$(dirname "$0")/../cli/tap"
plan 9

mkdir in
dispatch in/open.pdf 1/STTTT-VP "Đề nghị các đơn vị công khai số liệu."
dispatch in/secret.pdf 2/STTTT-VP "TỐI MẬT|Đề nghị các đơn vị giữ kín phương án."
cp in/secret.pdf in/copy.pdf
run 1 "the run ends with 1" "$luutru" --archive box ingest --json in
json "the open document is filed, both copies of the secret one are held" \
    'rows[-1]["filed"] == 1 and rows[-1]["held"] == 2'
json "... with the mark as the reason" \
    'all("TỐI MẬT" in r["reason"] for p, r in files.items() if p and r["outcome"] == "held")'
run 1 "it cannot be shown" "$luutru" --archive box show 2/STTTT-VP
run 1 "or found" "$luutru" --archive box search '"giữ kín"'
check "its words are nowhere in the database" sh -c '! cat box/archive.db* | grep -aq "phương án"'
check "its original is kept" sh -c 'find box/objects -type f -exec cmp -s {} in/secret.pdf \; -print | grep -q .'
run 0 "the next run" "$luutru" --archive box ingest --json in
json "... leaves it so" 'rows[-1]["unchanged"] == 3'
