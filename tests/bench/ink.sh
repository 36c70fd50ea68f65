#!/bin/sh
# Makes letterheads that were finished by hand, good and bad ones, and scores what is read of them.
#   tests/bench/ink.sh BUILD COUNT
# SEED=N makes others. What is made stays in BUILD/bench-ink.
set -eu
here=$(dirname "$0")
build=$1
count=$2
seed=${SEED:-1}
digits=$("$here/../../tools/train-digits/fetch.sh" "$build/train")
rm -rf "$build/bench-ink"
"$here/letterheads.py" --mnist "$digits" --out "$build/bench-ink/good" --count "$count" --seed "$seed"
"$here/letterheads.py" --mnist "$digits" --out "$build/bench-ink/bad" --count "$count" --seed "$seed" --bad
for kind in good bad; do
    echo "== $kind"
    "$here/score_ink.py" --build "$build" --misses "$build/bench-ink/$kind"
done
