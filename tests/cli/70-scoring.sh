#!/bin/sh
# `make accuracy` must give the corpus's own figures: its scoring against the reference scorer.
cd "$(dirname "$0")/../.." || exit 1
if [ ! -f ../shared/score/score.py ]; then
    echo "1..0 # SKIP the corpus's reference scorer is not here"
    exit 0
fi
exec python3 tests/bench/check_scoring.py ../shared/score
