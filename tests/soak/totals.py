#!/usr/bin/python3
"""What was soaked so far: a table of what, how much and the day of the last of it, tabs between.

totals.py TABLE WHAT NUMBER    adds NUMBER to it"""
import contextlib
import datetime
import fcntl
import os
import sys


def rows(path):
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as lines:
        return {line.split("\t")[0]: line.rstrip("\n").split("\t")[1:] for line in lines if line.strip()}


def read(path):
    return {what: int(row[0]) for what, row in rows(path).items()}


@contextlib.contextmanager
def changing(path):
    """The table, to be changed by one program at a time."""
    folder = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        table = rows(path)
        yield table
        write(path, table)
    finally:
        os.close(folder)


def write(path, table):
    """A kill leaves the table of before, or the new one: hours stand in it."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        for what in sorted(table):
            file.write("\t".join((what, *table[what])) + "\n")
    os.replace(path + ".new", path)


def add(path, what, number):
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    with changing(path) as table:
        table[what] = (str(int(table.get(what, ("0",))[0]) + number), today)


def forget(path, what):
    with changing(path) as table:
        table.pop(what, None)


if __name__ == "__main__":
    add(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    print(f"{sys.argv[2]}: {sys.argv[3]} more")
