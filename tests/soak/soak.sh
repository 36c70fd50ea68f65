#!/bin/sh
# What takes hours, as far as the time given allows; totals add up from run to run.
#   soak.sh fuzz|kills|points|files|day...
#   SOAK_SECONDS  fuzzing: for how long, by a clock (no end, until every target has had its time; see fuzz.py)
#   SOAK_SLICE    fuzzing: seconds of each target before the next has its turn (300)
#   SOAK_TARGETS  fuzzing: which targets (all)
#   SOAK_KILLS    random kills of a running batch (500)
#   SOAK_FILES    small files in a thousand folders (100000)
#   SOAK_DAYS     days of a watched folder (1), of SOAK_FILES_A_DAY deliveries (1000)
#   SOAK_TOTALS   where the totals stand (tests/soak/totals.tsv): what, how much, last time
# Run it with nice 19 beside other work.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
PYTHON=/usr/bin/python3
totals=${SOAK_TOTALS:-tests/soak/totals.tsv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

add() { # WHAT NUMBER: adds it to the total
    "$PYTHON" tests/soak/totals.py "$totals" "$1" "$2"
}

fuzz() {
    nice -n 19 "$PYTHON" tests/soak/fuzz.py "$totals" --slice "${SOAK_SLICE:-300}" ${SOAK_SECONDS:+--for "$SOAK_SECONDS"} \
        ${SOAK_TARGETS:-}
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
    nice -n 19 "$PYTHON" tests/soak/files.py "$BUILD" "${SOAK_FILES:-100000}" "$work/files" >"$work/log"
    cat "$work/log"
    add "small files" "${SOAK_FILES:-100000}"
}

# A small disk is mounted, where nobody else sees it.
day() {
    alone="unshare -m"
    [ "$(id -u)" -eq 0 ] || alone="unshare -Urm"
    for number in $(seq "${SOAK_DAYS:-1}"); do
        mkdir "$work/day-$number"
        $alone nice -n 19 "$PYTHON" tests/soak/day.py "$BUILD" "$work/day-$number" --files "${SOAK_FILES_A_DAY:-1000}" \
            --seed "$(date +%s)"
        add "days of a watched folder" 1
        add "deliveries of a day" "${SOAK_FILES_A_DAY:-1000}"
    done
}

for part in "$@"; do
    case $part in
    fuzz | kills | points | files | day) "$part" ;;
    *) echo "soak.sh: there is no part '$part'" >&2; exit 2 ;;
    esac
done
cat "$totals"
