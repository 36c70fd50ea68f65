#!/bin/sh
# What takes hours, as far as the time given allows; totals add up from run to run.
#   soak.sh fuzz|kills|points|files...
#   SOAK_SECONDS  fuzzing: CPU seconds for each target (600)
#   SOAK_TARGETS  fuzzing: which targets (all)
#   SOAK_KILLS    random kills of a running batch (500)
#   SOAK_FILES    small files in a thousand folders (100000)
#   SOAK_TOTALS   where the totals stand (soak-totals.tsv): what, how much, last time
# Run it with nice 19 beside other work.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
totals=${SOAK_TOTALS:-soak-totals.tsv}
found=build/fuzz/found
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

add() { # WHAT NUMBER: adds it to the total
    touch "$totals"
    awk -F '\t' -v OFS='\t' -v what="$1" -v number="$2" -v now="$(date -u +%F)" '
        $1 == what { number += $2; next } { print } END { print what, number, now }' "$totals" |
        sort >"$work/totals" && cp "$work/totals" "$totals"
    echo "$1: $2 more"
}

forget() { # WHAT: begins at nothing again
    touch "$totals"
    awk -F '\t' -v what="$1" '$1 != what' "$totals" >"$work/totals" && cp "$work/totals" "$totals"
}

seeds() { # TARGET: folders with inputs to begin with
    case $1 in
    fuzz-ocr-document | fuzz-ocr-files) echo samples tests/fuzz/corpus/* ;;
    *) echo tests/fuzz/corpus/* ;;
    esac
}

# The "last stretch" is what was fuzzed since the last crash.
fuzz_one() { # TARGET
    mkdir -p "build/fuzz/corpus/$1" "$found"
    status=0
    nice -n 19 "build/fuzz/tests/fuzz/$1" -max_total_time="${SOAK_SECONDS:-600}" -timeout=60 -rss_limit_mb=4000 \
        -max_len=65536 -artifact_prefix="$found/$1-" "build/fuzz/corpus/$1" $(seeds "$1") >"$work/log" 2>&1 || status=$?
    seconds=$(awk '/^Done [0-9]+ runs in/ { print $5 } ' "$work/log")
    runs=$(awk '/^Done [0-9]+ runs in/ { print $2 } ' "$work/log")
    if [ "$status" -ne 0 ]; then
        add "$1 crashes" 1
        forget "$1 seconds of the last stretch"
        tail -40 "$work/log"
    fi
    add "$1 seconds" "${seconds:-0}"
    add "$1 seconds of the last stretch" "${seconds:-0}"
    add "$1 runs" "${runs:-0}"
    return "$status"
}

fuzz() {
    bad=0
    for target in ${SOAK_TARGETS:-$(cd tests/fuzz && ls fuzz-*.c | sed 's/\.c$//')}; do
        fuzz_one "$target" || bad=1
    done
    return "$bad"
}

run_test() { # SCRIPT
    nice -n 19 sh "$1" >"$work/log" 2>&1 || true
    grep -E '^#|^not ok' "$work/log" || true
    ! grep -q '^not ok' "$work/log"
}

kills() {
    KILLS=${SOAK_KILLS:-500} run_test tests/fault/24-kill.sh && add "random kills" "${SOAK_KILLS:-500}"
}

points() {
    POINTS=all run_test tests/fault/30-points.sh
    add "kills and errors at fault points" "$(sed -n 's/^# \([0-9]*\) \(kills\|errors\) at .*/\1/p' "$work/log" |
        awk '{ n += $1 } END { print n + 0 }')"
}

files() {
    nice -n 19 /usr/bin/python3 tests/soak/files.py "$BUILD" "${SOAK_FILES:-100000}" "$work/files" >"$work/log"
    cat "$work/log"
    add "small files" "${SOAK_FILES:-100000}"
}

for part in "$@"; do
    case $part in
    fuzz | kills | points | files) "$part" ;;
    *) echo "soak.sh: there is no part '$part'" >&2; exit 2 ;;
    esac
done
cat "$totals"
