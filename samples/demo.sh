#!/bin/sh
# What `make demo` shows: samples/ filed into an archive of its own, then found again in three ways.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
archive=$build/demo-archive
luutru="$build/luutru --archive $archive"

rm -rf "$archive"
show() {
    printf '\n$ luutru'
    for word in "$@"; do
        case $word in
        *' '*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    $luutru "$@"
}

echo "The archive is $archive; the samples are in samples/."
show ingest samples || [ $? -eq 1 ]
show search
echo
echo "1. By number:"
show search 1758/STTTT-TTBCXB
echo
echo "2. By words, typed without marks:"
show search 'quyen con nguoi'
echo
echo "3. By issuer and month:"
show search --issuer STTTT --from 2023-09-01 --to 2023-09-30
echo
echo "Next: $build/luutru --archive $archive show 1758/STTTT-TTBCXB"
