#!/bin/sh
# Fills an archive, or goes on filling it, and measures searches of it: times by class of query, memory, start of the
# program, size of index and text beside the text, and how often what is known to be there is found.
#   search.sh PROGRAMS FOLDER TEXTS DOCS [RECOLL]
set -eu
programs=$1 folder=$2 texts=$3 docs=$4 recoll=${5:-}
archive=$folder/archive-$docs
mkdir -p "$folder"

echo "== filing"
"$programs/search-fill" "$archive" "$texts" "$docs"

echo "== size, as a share of the text"
/usr/bin/python3 - "$archive/archive.db" <<'PYTHON'
import sqlite3
import sys
database = sqlite3.connect(sys.argv[1])
raw = database.execute("SELECT sum(length(CAST(text AS BLOB))) FROM page").fetchone()[0]
sizes = dict(database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
index = sum(size for name, size in sizes.items() if name == "search" or name.startswith("search_"))
print(f"text of the pages {sizes['page'] / raw:.2f}  index {index / raw:.2f}  both {(sizes['page'] + index) / raw:.2f}")
PYTHON

echo "== searches, warm"
queries=$folder/queries-$docs
"$programs/search-run" make "$archive" 200 >"$queries"
"$programs/search-run" time "$archive" "$queries"
echo "== the same in time of the processor"
"$programs/search-run" cpu "$archive" "$queries"

echo "== start of the program, best of 20"
/usr/bin/python3 - "$programs/../../luutru" "$archive" <<'PYTHON'
import subprocess
import sys
import time
def once():
    begun = time.monotonic()
    subprocess.run([sys.argv[1], "--archive", sys.argv[2], "search", "so:1"], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=False)
    return (time.monotonic() - begun) * 1000
print(f"{min(once() for _ in range(20)):.1f} ms, with a search by number")
PYTHON

echo "== what is known to be there"
"$programs/search-known" "$archive" 200

if [ -n "$recoll" ]; then
    beside=$(dirname "$0")/search-recoll.py
    echo "== Recoll, the same queries"
    [ -d "$folder/recoll-$docs" ] || "$beside" index "$archive" "$folder/recoll-$docs"
    "$beside" time "$folder/recoll-$docs" "$queries"
    "$beside" time --cpu "$folder/recoll-$docs" "$queries"
fi
