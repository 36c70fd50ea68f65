#!/bin/sh
# The field readers on plain text, and the rules they go by: built-in and an office's own.
. "$(dirname "$0")/tap"
plan 32

cat >letter.txt <<'E2'
SỞ THÔNG TIN VÀ TRUYỀN THÔNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1758/STTTT-TTBCXB
Cao Bằng, ngày 18 tháng 9 năm 2023
V/v tuyên truyền thành tựu về quyền con người
Kính gửi: Các cơ quan, đơn vị
Thực hiện Công văn số 20/CV-BCĐNQ ngày 05 tháng 9 năm 2023.
E2
run 0 "fields of a file" "$luutru" fields --json letter.txt
json "... the number is the document's own" 'rows[0]["number"] == "1758/STTTT-TTBCXB"'
json "... so is the date" 'rows[0]["issued_date"] == "2023-09-18"'
run 0 "fields of standard input, as a table" sh -c '"$0" fields - <letter.txt' "$luutru"
said "... with the date" '^Date.*2023-09-18'
run 0 "bytes that are no text" sh -c 'head -c 4096 /dev/urandom | "$0" fields -' "$luutru"
run 4 "a file that is not there" "$luutru" fields none.txt
yes 'thực hiện Quyết định số 12/QĐ-UBND ngày 05/9/2022;' | head -c 5242880 >long.txt
run 0 "five megabytes of text" timeout 120 "$luutru" fields long.txt
tr '\n' ' ' <long.txt >line.txt
run 0 "... in one line" timeout 120 "$luutru" fields line.txt
yes 'ỦY BAN NHÂN DÂN TỈNH NIIỆ AN II SỞ CÔNG AM' | head -c 400000 | iconv -c -f utf-8 -t utf-8 >capitals.txt
run 0 "nothing but capitals like agencies and titles" timeout 60 "$luutru" fields capitals.txt
tr '\n' ' ' <capitals.txt >capitals-line.txt
run 0 "... in one line" timeout 60 "$luutru" fields capitals-line.txt
run 0 "every example in the rule files holds" "$luutru" rules check
said "... and there are some" '^[1-9][0-9]* examples, 0 wrong'

cat >own.rules <<'E2'
# What our office prints.
[ours]
field=number
pattern=^No\. (?<number>\d+) of (?<notation>{{NOTATION}})$
example1=No. 17 of SNV-VP => 18/SNV-VP

[broken]
field=number
pattern=(
E2
run 1 "a file with errors" "$luutru" rules check own.rules
said "... a pattern, by its line" "'own.rules', line 9, \[broken\]: pattern"
said "... a definition that is not there" "'own.rules', line 4, \[ours\]: pattern: no definition 'NOTATION'"
run 1 "a file that is not there" "$luutru" rules check none.rules
said "... says so" "'none.rules'"

mkdir -p archive/rules
sed -e '/^\[broken/,$d' -e 's/=> 18/=> 17/' own.rules >archive/rules/number.rules
run 0 "a file named like a built-in one has its definitions" "$luutru" rules check archive/rules/number.rules
sed -i 's/^Số: 1758.*/No. 17 of STTTT-TTBCXB/' letter.txt
run 0 "an office's own rules count" "$luutru" --archive archive fields --json letter.txt
json "... and win" 'rows[0]["number"] == "17/STTTT-TTBCXB" and rows[0]["evidence"]["number"]["rule"] == "ours"'

dispatch one.pdf 1758/STTTT-TTBCXB "Số: 20/UBND-VX"
run 0 "a document" "$luutru" --archive archive ingest one.pdf
run 0 "the rules behind its fields" "$luutru" --archive archive rules explain '#1'
said "... name, file and line" '^Number .*\[number\], .number.rules., line [1-9]'
said "... a table, where the value came from one" '^Issuer .*authority\.tsv|^Issuer .*letterhead'
said "... what was considered too" 'not 20/UBND-VX: page 1, stands in the text'
run 1 "a document that is not there" "$luutru" --archive archive rules explain 99
run 2 "no id" "$luutru" --archive archive rules explain one.pdf
echo '[' >archive/rules/bad.rules
run 1 "ingest does not begin with broken rules" "$luutru" --archive archive ingest one.pdf
rm archive/rules/bad.rules
sed 's/No\\\./Nr\\./; s/No\./Nr./' archive/rules/number.rules >archive/rules/zzz.rules
sed -i 's/{{NOTATION}}/[A-Z-]+/' archive/rules/zzz.rules
run 1 "two rules of one field and name in an office's files" "$luutru" --archive archive rules check
said "... are told apart by nobody but a person" "'zzz.rules', line 2, \[ours\]: stands in 'number.rules', line 2, already"
run 1 "... and stop a reread" "$luutru" --archive archive reread
