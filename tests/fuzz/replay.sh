#!/bin/sh
# Each fuzz target over its corpus and over every file of the others, under the address sanitizer.
cd "$(dirname "$0")/../.." || exit 1
build=${ASAN_BUILD:-build/asan}
targets=$(ls tests/fuzz/fuzz-*.c | sed 's|.*/fuzz-||; s|\.c$||')
echo "1..$(echo "$targets" | wc -l)"
number=0
for target in $targets; do
    number=$((number + 1))
    if output=$(ASAN_OPTIONS=detect_leaks=1 "$build/tests/fuzz/fuzz-$target" tests/fuzz/corpus/*/* 2>&1); then
        echo "ok $number - $target: $output"
    else
        echo "not ok $number - $target"
        echo "$output" | tail -40 | sed 's/^/# /'
    fi
done
