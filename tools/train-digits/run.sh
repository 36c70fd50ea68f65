#!/bin/sh
# Trains the networks of ocr/digits.model; from the top of the tree.
#   tools/train-digits/run.sh DIR
# DIR keeps what was fetched and trained: what is there already is not made again.
#   CROPS=DIR        adapts the networks to these crops of real ink (crops.py says what is in it); without,
#                    they know made strings only
#   TEMPERATURE=1.0  by which probabilities are made to mean what they say ('adapt.py folds' finds it)
set -eu
here=$(dirname "$0")
into=$1
model=${MODEL:-ocr/digits.model}
vectors=${VECTORS:-tests/unit/ocr-digits.vectors}
export OMP_NUM_THREADS=1

digits=$("$here/fetch.sh" "$into")

networks=
for seed in 1 2; do
    network=$into/made-$seed.pt
    [ -f "$network" ] || nice -n 5 "$here/train.py" --mnist "$digits" --seed "$seed" --out "$network"
    if [ -n "${CROPS:-}" ]; then
        nice -n 5 "$here/adapt.py" fit --mnist "$digits" --crops "$CROPS" --seed "$seed" \
            --out "$into/adapted-$seed.pt" "$network"
        network=$into/adapted-$seed.pt
    fi
    networks="$networks $network"
done
"$here/export.py" --mnist "$digits" --model "$model" --vectors "$vectors" --temperature "${TEMPERATURE:-1.0}" $networks
