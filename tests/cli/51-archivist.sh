#!/bin/sh
# An archivist's round: numbers given twice, citations that find their document later, an office's rule, a correction that
# stays, and what waits for an eye.
. "$(dirname "$0")/tap"
plan 24

mkdir in late
dispatch in/cites.pdf 21/STTTT-VP "Thực hiện Công văn số 78/STTTT-TTBCXB ngày 18/9/2023."
dispatch in/twin-a.pdf 12/STTTT-VP "Báo cáo kết quả."
dispatch in/twin-b.pdf 12/STTTT-VP "Báo cáo bổ sung." "báo cáo bổ sung"
dispatch late/cited.pdf 78/STTTT-TTBCXB "Tuyên truyền."
run 0 "three documents" "$luutru" --archive box ingest in

field() { # NUMBER-OR-ID EXPRESSION: of the document's JSON
    "$luutru" --archive box show --json "$1" >"$OUT" && "$PYTHON" -c '
import json, sys
r = json.load(open(sys.argv[1]))
sys.exit(0 if eval(sys.argv[2]) else 1)' "$OUT" "$2"
}
ids=$("$luutru" --archive box export --format jsonl | "$PYTHON" -c '
import json, sys
twins = [r["id"] for r in map(json.loads, sys.stdin) if r["number"] == "12/STTTT-VP"]
print(*twins)')
a=${ids% *}
b=${ids#* }
check "both with the same number, issuer and year are filed" test "$a" != "$b"
check "... and the first names the second" field "#$a" "r['duplicates'] == [$b]"
check "... and the second the first" field "#$b" "r['duplicates'] == [$a]"
run 0 "a person sees it" "$luutru" --archive box show "#$b"
said "... in words" '^Same number, issuer and year'
run 0 "a number put right" "$luutru" --archive box correct "#$b" number=14/STTTT-VP --by Lan
check "... is no duplicate any more" field "#$b" "r['duplicates'] == []"
check "... nor is the other" field "#$a" "r['duplicates'] == []"

check "a citation of what is not there" field 21/STTTT-VP \
    "[c['document'] for c in r['references'] if c['number'] == '78/STTTT-TTBCXB'] == [None]"
run 0 "it comes later" "$luutru" --archive box ingest late
check "... and is linked" field 21/STTTT-VP "all(c['document'] for c in r['references'])"
run 0 "the cited one" "$luutru" --archive box show 78/STTTT-TTBCXB
said "... says by whom" '21/STTTT-VP'

run 0 "nothing waits for an eye" "$luutru" --archive box review --json
mkdir -p box/rules
cat >box/rules/number.rules <<'E2'
[number]
field=number
pattern={{LEAD}}(?<number>\d{1,5})\s?/\s?(?<notation>{{NOTATION}}){{REST}}
confidence=0.5
example1=Số: 12/STTTT-VP => 12/STTTT-VP
E2
run 0 "the office's rule is weaker than ours" "$luutru" --archive box rules check
run 0 "documents read again" "$luutru" --archive box reread
run 0 "why" "$luutru" --archive box rules explain "#$a"
said "... names the office's rule" "^Number .*\[number\], the office's 'number.rules', line 1"
run 0 "now they wait" "$luutru" --archive box review
said "... with the reason" '12/STTTT-VP.*not sure'
check "what a person put right does not" sh -c '! grep -q 14/STTTT-VP "$0"' "$OUT"
check "... and stays, with its trace" field "#$b" \
    "r['number'] == '14/STTTT-VP' and r['corrections'][0]['old'] == '12/STTTT-VP' and r['corrections'][0]['by'] == 'Lan'"
run 0 "accepted" "$luutru" --archive box correct "#$a" --accept number
