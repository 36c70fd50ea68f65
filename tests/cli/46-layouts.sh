#!/bin/sh
# Dispatches of every layout and age as plain text, all made up, in tests/layouts: NAME.txt gives what
# NAME.expected.json says, each a test.
. "$(dirname "$0")/tap"
plan "$(find "$TOP/tests/layouts" -name '*.txt' | wc -l)"

differs() {
    "$PYTHON" - "$1" "$2" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    wanted = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    got = json.load(file)
got["cited_issuers"] = [cited["issuer"] for cited in got["references"]]
got["references"] = [[cited["number"], cited["date"], cited["relation"]] for cited in got["references"]]
got["doubts"] = [[doubt["field"], doubt["code"]] for doubt in got["doubts"]]
wrong = [f"# {key}: {got[key]!r}, not {value!r}" for key, value in wanted.items() if got[key] != value]
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
PYTHON
}

for text in "$TOP"/tests/layouts/*.txt; do
    "$luutru" fields --json "$text" >read.json
    check "$(basename "$text" .txt)" differs "${text%.txt}.expected.json" read.json
done
