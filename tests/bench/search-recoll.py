#!/usr/bin/python3
"""Asks Recoll the queries of search-run, warm and in one process, and prints its times in the same form.

    search-recoll.py index ARCHIVE FOLDER    writes the pages of an archive as files and has Recoll index them
    search-recoll.py time FOLDER QUERIES     a line a class: queries, median, 95th percentile, worst; first 20 with
                                             abstracts. --cpu: time of the processor, for a busy machine

Recoll folds marks as unac does; `unac_except_trans = đd Đd` makes it find đ as well. Filters become its own words."""
import os
import re
import resource
import sqlite3
import subprocess
import sys
import time

SHOWN = 20


def index(archive, folder):
    texts = os.path.join(folder, "texts")
    database = sqlite3.connect(os.path.join(archive, "archive.db"))
    for document, text in database.execute("SELECT document, group_concat(text, char(12)) FROM page GROUP BY 1"):
        place = os.path.join(texts, str(document // 1000))
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, f"{document}.txt"), "w", encoding="utf-8") as out:
            out.write(text)
    configuration = os.path.join(folder, "recoll")
    os.makedirs(configuration, exist_ok=True)
    with open(os.path.join(configuration, "recoll.conf"), "w", encoding="utf-8") as out:
        out.write(f"topdirs = {texts}\nunac_except_trans = đd Đd\n")
    subprocess.run(["recollindex", "-c", configuration], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def theirs(query):
    """Our query in Recoll's language: values of filters as words beside the others."""
    query = re.sub(r'(?:ngay|nam):(?:\d+/)?(\d+)', r'\1', query)
    query = re.sub(r'(?:coquan|loai):("[^"]*")', r'\1', query)
    return query if query.startswith('"') else re.sub(r"[/-]", " ", query)


def now(cpu):
    if not cpu:
        return time.monotonic()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def ask(connection, query, cpu):
    begun = now(cpu)
    question = connection.query()
    found = question.execute(theirs(query), stemming=0)
    for document in question.fetchmany(SHOWN):
        question.makedocabstract(document)
    return (now(cpu) - begun) * 1000, found > 0


def measure(folder, path, cpu):
    from recoll import recoll
    connection = recoll.connect(os.path.join(folder, "recoll"))
    with open(path, encoding="utf-8") as lines:
        queries = [line.rstrip("\n").split("\t", 1) for line in lines]
    for _, query in queries:
        ask(connection, query, cpu)
    times = {}
    for name, query in queries:
        times.setdefault(name, []).append(ask(connection, query, cpu))
    times["all"] = [one for each in times.values() for one in each]
    for name, each in times.items():
        took = sorted(one[0] for one in each)
        found = sum(one[1] for one in each)
        print(f"{name:16} {len(took):5} queries {found:5} found  median {took[len(took) // 2]:7.2f}  "
              f"p95 {took[len(took) * 95 // 100]:7.2f}  worst {took[-1]:7.2f} ms")


def main():
    arguments = [each for each in sys.argv[1:] if each != "--cpu"]
    if len(arguments) != 3 or arguments[0] not in ("index", "time"):
        sys.exit(__doc__)
    if arguments[0] == "index":
        index(arguments[1], arguments[2])
    else:
        measure(arguments[1], arguments[2], "--cpu" in sys.argv)


if __name__ == "__main__":
    main()
