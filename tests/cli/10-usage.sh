#!/bin/sh
# Wrong usage ends with 2 and a hint; help and version with 0.
. "$(dirname "$0")/tap"
plan 33

run 2 "no command is wrong usage" "$luutru"
said "... and the commands are listed" 'ingest PATH'
run 0 "--help lists the commands" "$luutru" --help
said "... each with what it does" 'search QUERY +find documents'
check "... what they do below one another, however long a name is" "$PYTHON" - "$OUT" <<'PYTHON'
import re, sys
lines = [line for line in open(sys.argv[1], encoding="utf-8") if line.startswith("  ")]
sys.exit(0 if len(lines) > 20 and len({re.search(r"\S  +\S", line).end() for line in lines}) == 1 else 1)
PYTHON
run 0 "--version says the version" "$luutru" --version
said "... as one line" '^luutru [0-9]+\.[0-9]+\.[0-9]+$'
run 0 "help COMMAND is COMMAND --help" "$luutru" help search
said "... with its options" '--issuer'
run 2 "an unknown command" "$luutru" serch
said "... is named, with a hint" "no command 'serch'"
run 2 "an unknown option of the program" "$luutru" --colour search x
run 2 "an unknown option of a command" "$luutru" status --colour
said "... leads to that command's help" "Try 'luutru status --help'"
run 2 "ingest without a path" "$luutru" ingest
run 2 "a negative --jobs" "$luutru" ingest --jobs=-1 .
run 2 "more --jobs than anyone has" "$luutru" ingest --jobs 100000 .
run 2 "an archive without a name" "$luutru" --archive "" status
run 2 "a --jobs that is no number" "$luutru" ingest --jobs many .
run 2 "show without a document" "$luutru" show
said "... reminds of the quotes that '#' needs" "id:12"
run 2 "get without an id" "$luutru" get 1758/STTTT
run 2 "an export format that does not exist" "$luutru" export --format pdf
said "... names those that do" 'jsonl, csv, xlsx'
run 2 "--json and --csv at once" "$luutru" search --json --csv x
run 2 "a wrong date" "$luutru" search --from 31/02/2023 x
said "... is told the forms" '2023-09-18, 18/09/2023'
run 2 "a month that is none" "$luutru" search --to 2023-13 x
run 2 "a range turned round" "$luutru" search --from 2024 --to 2023 x
run 2 "a word too many after status" "$luutru" status now
run 2 "quarantine without its word" "$luutru" quarantine
run 2 "rules without its word" "$luutru" rules
run 2 "fields without a file" "$luutru" fields
