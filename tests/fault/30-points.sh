#!/bin/sh
# Runs that are killed, or that fail, at each change they make to a disk end in the archive of an undisturbed run.
#   POINTS=all         at every passing of each point, not only some
#   POINTS_ONLY=REGEX  at points of such names only
. "$(dirname "$0")/../cli/tap"
plan 5
points=${POINTS:-3}
faulty=${ASAN_BUILD:-$TOP/build/asan}
case $faulty in
/*) ;;
*) faulty=$TOP/$faulty ;;
esac
# In memory, where that can be: a thousand runs need not wait for a disk. Filed sources go to the other file system.
work=$(mktemp -d /dev/shm/luutru-XXXXXX 2>/dev/null || mktemp -d)
trap 'chmod -R u+rwX "$DIR" 2>/dev/null; rm -rf "$DIR" "$work"' EXIT
[ "$(stat -c %d "$work")" = "$(stat -c %d "$DIR")" ] || export SHELF="$DIR"

drive() { # WHAT MODE [EACH]
    "$PYTHON" "$TOP/tests/fault/points.py" "$2" "$faulty/luutru" "$BUILD/tests/fault/bad-worker" \
        "$TOP/tests/fault/points" "$work" "${3:-$points}" "${POINTS_ONLY:-}" >"$OUT" 2>"$ERR"
    status=$?
    cat "$OUT" "$ERR" | head -60 | sed 's/^/# /'
    verdict $status "$1"
}

if ! "$faulty/luutru" --version >/dev/null; then
    echo "Bail out! $faulty/luutru is not built"
    exit 1
fi
if [ -n "${SHELF:-}" ] && strace -o /dev/null true 2>/dev/null; then
    drive "each change to the disk stands between two listed points" trace
else
    skip 1 "no strace, or no second file system"
fi
drive "a run killed at each point" kill
drive "a watcher killed at each point" watch "${POINTS:-1}"
drive "a run with an error at each point" errors
check "other builds have no fault points" sh -c "! grep -q LUUTRU_FAULT '$BUILD/luutru'"
