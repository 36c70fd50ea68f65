#!/bin/sh
# A long batch takes no more memory than a short one, but for what SQLite keeps of the database: what a document
# needed goes with it.
. "$(dirname "$0")/tap"
plan 1

mkdir in
dispatch one.pdf 1/STTTT-VP
for i in $(seq 400); do { cat one.pdf; echo "%$i"; } >in/"$i".pdf; done

# The coordinator's own memory after the hundredth document and after the last but a few, in KiB, and the
# database's size.
kept_nothing() {
    "$PYTHON" - "$luutru" <<'PYTHON'
import os, subprocess, sys

def look(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("RssAnon:"))
    return own, sum(os.path.getsize("box/archive.db" + end) for end in ("", "-wal")) // 1024

seen = []
with subprocess.Popen([sys.argv[1], "--archive", "box", "ingest", "--jobs", "1", "in"],
                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
    for line in run.stdout:
        if line.startswith("filed:"):
            seen.append(look(run.pid))
assert len(seen) == 400, len(seen)
(own, database), (own_last, database_last) = seen[100], seen[390]
print(f"# {own} KiB with a database of {database}, then {own_last} with {database_last}")
sys.exit(own_last - own > database_last - database + 2048)
PYTHON
}
check "four hundred documents leave nothing behind in memory" kept_nothing
