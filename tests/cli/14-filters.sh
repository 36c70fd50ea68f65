#!/bin/sh
# Filters, order, kept searches and documents alike, as people ask for them.
. "$(dirname "$0")/tap"
plan 37

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB "Về việc thi hành Quyết định số 12/QĐ-UBND."
dispatch in/b.pdf 1759/STTTT-VP "Về việc mua sắm máy tính."
run 0 "two documents are filed" "$luutru" --archive box ingest --json in
first='rows[0]["results"][0]'
run 0 "a month in the query" "$luutru" --archive box search --json ngay:9/2023 may tinh
json "... with words beside it" "rows[0]['total'] == 1 and $first['number'] == '1759/STTTT-VP'"
run 1 "a month without documents" "$luutru" --archive box search "ngay:quy 1/2023"
said "... is named" 'ngay:quy 1/2023'
run 0 "a number as a filter" "$luutru" --archive box search --json so:1758
json "... is the document's own" "rows[0]['total'] == 1 and $first['number'].startswith('1758/')"
run 0 "letters find what the agency's name is in" "$luutru" --archive box search --json coquan:stttt
json "... whatever else stands there" "rows[0]['total'] == 2"
run 0 "--date, --type and --issuer together" "$luutru" --archive box search --json --date 2023 --type CV --issuer stttt
json "... let both through" "rows[0]['total'] == 2"
run 0 "hits come with their places" "$luutru" --archive box search --json '"may tinh"'
json "... pages and boxes" "$first['hits'][0]['page'] == 1 and len($first['hits'][0]['boxes'][0]) == 4"
run 0 "one wrong letter" "$luutru" --archive box search --json may tinnh
json "... finds all the same" "rows[0]['suggestion'] == 'may tinh' and rows[0]['corrected'] and $first['number'] == '1759/STTTT-VP'"
run 1 "--literal tries no other spelling" "$luutru" --archive box search --literal may tinnh
run 0 "by day, oldest first" "$luutru" --archive box search --order oldest stttt
run 2 "an order that is none" "$luutru" --archive box search --order best stttt
run 0 "a table tells whose the hits are" "$luutru" --archive box search stttt
said "... and why they stand there" 'in the issuer|its number|p\. 1'

run 1 "a day that does not exist" "$luutru" --archive box search ngay:31/2/2023
said "... is told from one on which nothing was issued" 'ngay:31/2/2023 \(no day'
run 1 "a day that exists, on which nothing was issued" "$luutru" --archive box search ngay:29/2/2024
said "... is not told to be none" 'No document at all has: ngay:29/2/2024$'
run 0 "a word after a minus is no option" "$luutru" --archive box search --json stttt -thi --limit 5
json "... and leaves out what has it" "rows[0]['total'] == 1 and $first['number'] == '1759/STTTT-VP'"
run 2 "an option that is none is still refused" "$luutru" --archive box search stttt --thi

run 0 "a search is kept" "$luutru" --archive box search --save 'của Lan' --date 2023 may tinh
run 0 "... and made again" "$luutru" --archive box search --json --saved 'của Lan'
json "... as it was" "rows[0]['query'] == 'may tinh date:\"2023\"' and rows[0]['total'] == 1"
run 0 "... listed" "$luutru" --archive box search --list-saved
said "... with its query" 'của Lan +may tinh'
run 0 "... and forgotten" "$luutru" --archive box search --delete-saved 'của Lan'
run 1 "... and then is not there" "$luutru" --archive box search --saved 'của Lan'

id=$("$luutru" --archive box search --json so:1758 | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])')
run 0 "documents like one" "$luutru" --archive box more-like --json "id:$id"
json "... are others" "$first['number'] == '1759/STTTT-VP' and $first['why'] == 'similar'"
run 1 "of one that is not there" "$luutru" --archive box more-like '#99'
