#!/bin/sh
# What waits for review, with a picture of each doubtful spot; what is put right of it is kept to learn from.
. "$(dirname "$0")/tap"
plan 8

mkdir in
dispatch in/blank.pdf "      /STTTT-TTBCXB" "Nội dung khác."
run 0 "a document without a number is filed" "$luutru" --archive box ingest in
run 0 "review writes pictures" "$luutru" --archive box review --crops cuts/new
said "... and says how many" "^1 cut-out in 'cuts/new'"
check "... a PNG named by document and field" sh -c \
    'head -c 8 cuts/new/1-number.png | od -An -tx1 | grep -q "89 50 4e 47 0d 0a 1a 0a"'
run 0 "nothing that waits, nothing to cut" "$luutru" --archive box review --crops cuts/none \
    --from 1990 --to 1991
check "... leaves the folder empty" sh -c '[ -z "$(ls cuts/none)" ]'
touch file
run 4 "a folder that cannot be made" "$luutru" --archive box review --crops file/below
said "... is named" "the folder 'file/below' cannot be made"
