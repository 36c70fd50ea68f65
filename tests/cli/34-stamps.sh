#!/bin/sh
# What else stands on a document: arrival, copy, digital signatures, what it cites; and news about one.
. "$(dirname "$0")/tap"
plan 17

cat >letter.txt <<'E2'
ĐẾN
Số: 4411
Ngày: 20/9/2023
SỞ NỘI VỤ
Số: 12/SNV-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lai Châu, ngày 05 tháng 9 năm 2023
V/v công tác văn thư
Kính gửi: Bộ Nội vụ
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;
Người ký: Lò Thị Mẫu Ngày ký: 06/09/2023 9:05:00
Nơi nhận:
- Như trên;
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Lò Thị Mẫu
E2
run 0 "a letter with stamps" "$luutru" fields --json letter.txt
json "... the number of its arrival is not its own" \
    'rows[0]["number"] == "12/SNV-VP" and rows[0]["arrival"]["number"] == "4411"'
json "... nor is the day" \
    'rows[0]["issued_date"] == "2023-09-05" and rows[0]["arrival"]["date"] == "2023-09-20"'
json "... it is no copy" 'rows[0]["copy"] is None'
json "... who signed it, and when" \
    '[(s["person"], s["date"]) for s in rows[0]["signatures"]] == [("Lò Thị Mẫu", "2023-09-06T09:05:00")]'
json "... for whom" \
    '(rows[0]["signer_title"], rows[0]["signer_authority"]) == ("PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC")'
json "... what it cites" \
    '[(r["type"], r["issuer"], r["relation"]) for r in rows[0]["references"]] == [("Nghị định", "Chính phủ", "căn cứ")]'
run 0 "the same as a table" "$luutru" fields letter.txt
said "... with the arrival" 'arrival .*2023-09-20 .*4411'
said "... and the citation" '30/2020/NĐ-CP .*căn cứ: Nghị định, Chính phủ'

cat >news.txt <<'E2'
Thứ hai, Ngày 24/06/2024 -
Ngày đăng: 19/09/2023  07:35
Ngày 18/9, Sở Nội vụ có Văn bản số 1758/SNV-VP gửi các sở về việc tăng cường công tác văn thư
E2
run 0 "news about a letter" "$luutru" fields --json news.txt
json "... the letter's number and day, with the page's year" \
    '(rows[0]["number"], rows[0]["issued_date"], rows[0]["number_year"]) == ("1758/SNV-VP", "2023-09-18", None)'
json "... and that it is a report" '{"field": None, "code": "report"} in rows[0]["doubts"]'
run 0 "the same as a table" "$luutru" fields news.txt
said "... says so in words" 'reports a document and is not the document itself'

dispatch one.pdf 1758/STTTT-TTBCXB "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư."
"$luutru" --archive archive ingest one.pdf >/dev/null 2>&1
run 0 "a filed document" "$luutru" --archive archive show --json '#1'
json "... keeps what its citations say" \
    'any((r["type"], r["issuer"]) == ("Nghị định", "Chính phủ") for r in rows[0]["references"])'
