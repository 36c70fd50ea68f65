#!/usr/bin/python3
"""How much of what a hand wrote into letterheads is found, read, and given as sure.

    score_ink.py [--build DIR] [--archive DIR] [--misses] FOLDER...

A FOLDER is one that letterheads.py made. A crop is right where its box is the ink's, but for a third of a
capital's height at the sides and half of one above and below; of a year, whose first half is printed, at its right side."""
import argparse
import collections
import glob
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

import scoring

PARTS = ("number", "day", "month", "year")
SURE = 0.9


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"score_ink: {' '.join(command[:4])} … ended with exit code {done.returncode}")
    return done.stdout.decode("utf-8")


def read(luutru, archive, folder):
    """Records and written places by file name without ending."""
    run([luutru, "--archive", archive, "ingest", folder])
    records, places = {}, {}
    database = sqlite3.connect(f"file:{archive}/archive.db?mode=ro", uri=True)
    for line in run([luutru, "--archive", archive, "export", "--format", "jsonl"]).splitlines():
        record = json.loads(line)
        if os.path.dirname(os.path.realpath(record["source"])) != os.path.realpath(folder):
            continue
        name = os.path.splitext(os.path.basename(record["source"]))[0]
        records[name], places[name] = record, {}
        rows = database.execute("SELECT written FROM page_written WHERE document = ? AND number = 1", (record["id"],))
        for row in rows.fetchall():
            for words in map(str.split, row[0].splitlines()):
                guesses = [word.rpartition("=") for word in words[6:]]
                places[name][words[0]] = (words[1], [float(word) for word in words[2:6]],
                                          [(text, float(value)) for text, _, value in guesses])
    database.close()
    return records, places


def crop_verdict(truth, part, place):
    """'right', or what is wrong with the place that was found."""
    if place is None:
        return "not found"
    want, got, capital = truth["boxes"][part], place[1], truth["capital"]
    across, down = capital / 3 * 842 / 595, capital / 2
    wrong = [side for side, a, b, spare in zip(("left", "top", "right", "bottom"), want, got, (across, down) * 2)
             if abs(a - b) > spare and (part != "year" or side == "right")]
    return " ".join(wrong) or "right"


def best(record, key):
    """The value or, where it was withheld, the first candidate."""
    if record.get(key):
        return record[key]
    candidates = (record.get("candidates") or {}).get(key) or []
    return candidates[0]["value"] if candidates else None


def share(right, count):
    low, high = scoring.wilson(right, count)
    return f"{right} of {count} = {100 * right / max(count, 1):.1f} % ({100 * low:.1f}–{100 * high:.1f})"


class Tally:
    def __init__(self):
        self.counts = collections.defaultdict(lambda: [0, 0])
        self.misses = []

    def add(self, what, right):
        self.counts[what][0] += bool(right)
        self.counts[what][1] += 1

    def value(self, name, truth, record, field, key):
        got, guess = record.get(key), best(record, key)
        confidence = (record.get("confidence") or {}).get(key) or 0
        sure = bool(got) and confidence >= SURE
        right = scoring.squeeze(guess or "") == scoring.squeeze(truth[field])
        digits = (guess or "").partition("/")[0].partition("-")[0].lstrip("0")
        if field == "number":
            self.add("number, digits, best", digits == truth["parts"]["number"].lstrip("0"))
        self.add(f"{field}, best", right)
        self.add(f"{field}, given as sure", sure)
        if sure:
            self.add(f"{field}, right of those", right)
        if not right:
            self.misses.append((name, field, truth[field], guess, "SURE" if sure else ""))


def score(folder, luutru, archive, tally):
    records, places = read(luutru, archive, folder)
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.json"))):
        name = os.path.splitext(os.path.basename(path))[0]
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)
        if name not in records:
            sys.exit(f"score_ink: '{name}' of {folder} was not filed")
        record, found = records[name], places[name]
        bad = truth["bad"]
        for part in truth["boxes"]:
            if part == "number" and bad:
                continue
            verdict = crop_verdict(truth, part, found.get(part))
            tally.add("crops", verdict == "right")
            tally.add(f"crop of {part}", verdict == "right")
            if verdict == "right":
                text = next(iter(found[part][2]), ("",))[0].lstrip("0")
                want = str(truth["parts"][part]).lstrip("0")
                tally.add(f"right crop of {part}, read", text == want)
            else:
                tally.misses.append((name, part, truth["kind"], truth["dpi"], verdict, json.dumps(truth["traits"], ensure_ascii=False)))
        if not bad:
            tally.value(name, truth, record, "number", "number")
        else:
            given = record.get("number") and record["confidence"]["number"] >= SURE
            tally.add(f"{bad}: number withheld", not given)
            if given:
                tally.misses.append((name, bad, truth["number"], record["number"], "SURE"))
        tally.value(name, truth, record, "date", "issued_date")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--build", default="build")
    parser.add_argument("--archive", help="keep the archive here (default: a temporary one)")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="luutru-ink-") as scratch:
        archive = options.archive or os.path.join(scratch, "archive")
        for folder in options.folders:
            score(folder, os.path.join(options.build, "luutru"), archive, tally)
    for what, (right, count) in tally.counts.items():
        print(f"{what}: {share(right, count)}")
    if options.misses:
        for miss in tally.misses:
            print("  miss", *miss, sep=" | ")


main()
