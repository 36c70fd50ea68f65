#!/bin/sh
# The field readers on plain text, and the examples in the rule files.
. "$(dirname "$0")/tap"
plan 9

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
run 0 "every example in the rule files holds" "$luutru" rules check
said "... and there are some" '^[1-9][0-9]* examples, 0 wrong'
