#!/usr/bin/python3
"""flip-bits.py LUUTRU ARCHIVE N: in copies of an archive flips one bit each of the database, where something is
written, and expects `verify` to find it or nothing to be different: no row of a table, no hit of a search."""
import os
import random
import shutil
import sqlite3
import subprocess
import sys

luutru, archive, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
PASSING = ("upkeep", "unsealed", "sqlite_sequence", "watcher", "queue", "staged_page")


def contents(path):
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        database.text_factory = bytes
        tables = [name.decode() for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'search%'")]
        rows = [(table, sorted(map(repr, database.execute(f"SELECT * FROM {table}"))))
                for table in sorted(tables) if table not in PASSING]
        for word in ("ban", "thu", "bản", "nội", "_2noi_dung", "_x"):
            rows.append(database.execute("SELECT rowid FROM search WHERE search MATCH ?", (f'"{word}"',)).fetchall())
        return rows
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


database = os.path.join(archive, "archive.db")
subprocess.run(["sqlite3", database, "PRAGMA wal_checkpoint(TRUNCATE)"], stdout=subprocess.DEVNULL, check=True)
wanted = contents(database)
with open(database, "rb") as file:
    whole = file.read()
written = [place for place, byte in enumerate(whole) if byte]
random.seed(1758)
found = missed = 0
for _ in range(count):
    shutil.rmtree("flipped", ignore_errors=True)
    shutil.copytree(archive, "flipped")
    place, bit = random.choice(written), random.randrange(8)
    with open("flipped/archive.db", "r+b") as file:
        file.seek(place)
        file.write(bytes([whole[place] ^ 1 << bit]))
    same = contents("flipped/archive.db") == wanted
    ended = subprocess.run([luutru, "--archive", "flipped", "verify"], capture_output=True, check=False)
    if ended.returncode in (1, 3):
        found += 1
    elif ended.returncode != 0 or not same:
        missed += 1
        print(f"# bit {bit} of byte {place}: exit {ended.returncode}")
shutil.rmtree("flipped", ignore_errors=True)
print(f"# {count} bits: {found} found, {missed} missed")
sys.exit(1 if missed or found < count // 3 else 0)
