#!/usr/bin/python3
"""Scores what luutru reads against documents with known answers.

    accuracy.py [--build DIR] [--archive DIR] [--by KEY] [--misses N] [--json FILE] FOLDER...

A FOLDER holds documents with NAME.json beside each (scans, PDFs, pictures), NAME.txt with NAME.json
(dispatches as plain text, read by `luutru fields`), or NAME.txt alone beside NAME.pdf (a transcript:
words only). A folder without any but with such folders in it stands for these.

A table a folder, a row a kind (key "form"; of real scans the form names the office), shows the share
right in per cent with n; the last rows give the whole and its 95 % interval. "sure" is, of the values
given with confidence 0.9 and more, the share right. Handwritten numbers and dates stand apart; "issuer
others" leaves out the commonest issuer, "notation" is the letters after the number. Registers are
wrong about some texts: "number stands" counts only those whose number stands in the text, whole.

Below it: how sure values claim to be against how many are right, field by field and in all; and of all
printed values the share that was given as sure."""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import scoring

DOCUMENTS = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png")
COLUMNS = ("words",) + scoring.FIELDS + ("issuer others", "notation", "number stands", "refs", "sure")
HAND_COLUMNS = tuple(f"{ink} {field}" for field in ("number", "date") for ink in ("printed", "by hand"))


def corpus_folders(paths):
    for path in paths:
        if any(name.endswith(DOCUMENTS + (".txt",)) for name in os.listdir(path) if not name.startswith("portal")):
            yield path
            continue
        for entry in sorted(os.scandir(path), key=lambda e: e.name):
            if entry.is_dir() and any(name.endswith((".txt",) + DOCUMENTS) for name in os.listdir(entry.path)):
                yield entry.path


def load_truths(folder):
    truths = {}
    for name in sorted(glob.glob(os.path.join(glob.escape(folder), "*.json"))):
        with open(name, encoding="utf-8") as file:
            truth = json.load(file)
        identity = os.path.basename(name)[: -len(".json")]
        truths[identity.removesuffix(".expected")] = truth
    for name in sorted(glob.glob(os.path.join(glob.escape(folder), "*.txt"))):
        identity = os.path.basename(name)[: -len(".txt")]
        if identity not in truths:
            with open(name, encoding="utf-8") as file:
                truths[identity] = {"form": "transcript", "pages": [file.read()]}
    if is_text_folder(folder):
        for identity, truth in truths.items():
            with open(os.path.join(folder, identity + ".txt"), encoding="utf-8") as file:
                truth["text"] = file.read()
    return truths


def run(command, allowed=(0,)):
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode not in allowed:
        sys.exit(f"accuracy: {' '.join(command[:4])} … ended with exit code {done.returncode}")
    return done.stdout.decode("utf-8")


def read_documents(luutru, archive, folder):
    """Files the folder and returns its documents' records by file name without ending."""
    run([luutru, "--archive", archive, "ingest", folder], allowed=(0, 1))
    results = {}
    for line in run([luutru, "--archive", archive, "export", "--format", "jsonl", "--text"], (0, 1)).splitlines():
        record = json.loads(line)
        if os.path.dirname(os.path.realpath(record["source"])) == os.path.realpath(folder):
            results[os.path.splitext(os.path.basename(record["source"]))[0]] = record
    return results


def read_texts(luutru, folder, identities):
    results = {}
    for identity in identities:
        text = os.path.join(folder, identity + ".txt")
        results[identity] = json.loads(run([luutru, "fields", "--json", text], (0, 1)))
    return results


def is_text_folder(folder):
    return not any(name.endswith(DOCUMENTS) for name in os.listdir(folder))


class Rows:
    """Scores by group and column; shares as 0 or 1, words and references as fractions."""

    def __init__(self):
        self.scores = collections.defaultdict(lambda: collections.defaultdict(list))
        self.misses = []
        self.claims = collections.defaultdict(list)
        self.printed = collections.defaultdict(list)

    def add(self, group, column, value):
        self.scores[group][column].append(float(value))
        self.scores["ALL"][column].append(float(value))

    def score(self, identity, truth, result, group, commonest):
        if truth.get("pages"):
            pages = [page["text"] for page in result.get("pages") or []]
            f1 = scoring.words_f1(scoring.words("\n".join(truth["pages"])), scoring.words("\n".join(pages)))
            self.add(group, "words", f1)
        for field in scoring.FIELDS:
            if truth.get(field):
                self.score_field(identity, field, truth, result, group)
        if truth.get("issuer") and truth["issuer"] != commonest:
            self.add(group, "issuer others", scoring.result_right("issuer", truth["issuer"], result))
        if truth.get("number") and scoring.number_stands(truth["number"], truth.get("text", "")):
            self.add(group, "number stands", scoring.result_right("number", truth["number"], result))
        if truth.get("number"):
            self.score_notation(truth["number"], result, group)
        if truth.get("refs"):
            self.add(group, "refs", scoring.references_f1(truth["refs"], result))

    def score_notation(self, number, result, group):
        parts = re.fullmatch(r"\d*[^\W\d_]?[/-](.*)", number)
        if parts:
            got = result.get("code_notation") or ""
            self.add(group, "notation", scoring.squeeze(parts[1]) == scoring.squeeze(got))

    def score_field(self, identity, field, truth, result, group):
        right = scoring.result_right(field, truth[field], result)
        self.add(group, field, right)
        got = result.get(scoring.JSON_KEY.get(field, field))
        sure = scoring.confidence(field, result) >= 0.9
        if got:
            self.claims[field].append((scoring.confidence(field, result), right))
        if got and sure:
            self.add(group, "sure", right)
        if scoring.is_printed(field, truth):
            self.printed[field].append(bool(got and sure))
        if f"handwritten_{field}" in truth:
            ink = "by hand" if truth[f"handwritten_{field}"] else "printed"
            self.add(group, f"{ink} {field}", right)
        if not right:
            self.misses.append((identity, field, truth[field], got, "SURE" if got and sure else ""))


def percent(values):
    return f"{100 * sum(values) / len(values):.1f}" if values else "-"


def print_table(title, rows, columns):
    columns = [column for column in columns if rows.scores["ALL"][column]]
    width = max([len(group) for group in rows.scores] + [14])
    print(f"\n{title}")
    print(" " * width + "".join(f"{column:>16s}" for column in columns))
    for group in sorted(rows.scores, key=lambda name: (name == "ALL", name)):
        scores = rows.scores[group]
        cells = "".join(f"{percent(scores[c]) + ' (' + str(len(scores[c])) + ')':>16s}" for c in columns)
        print(f"{group:{width}s}{cells}")
    cells = "".join(f"{interval(column, rows.scores['ALL'][column]):>16s}" for column in columns)
    print(f"{'95 % from–to':{width}s}{cells}")


def print_calibration(rows):
    """How sure the values claim to be, and how many of them are right."""
    fields = [field for field in scoring.FIELDS if rows.claims[field]]
    rows.claims["all"] = [claim for field in fields for claim in rows.claims[field]]
    rows.printed["all"] = [given for field in fields for given in rows.printed[field]]
    print("\nclaimed        right: n, mean claimed → share right, 95 % from–to")
    for field in fields + ["all"]:
        for low, high, n, claimed, right in scoring.calibration(rows.claims[field]):
            low_right, high_right = scoring.wilson(right * n, n)
            print(f"  {field:8s} {low:.2f}–{high:.2f} {n:5d}  {100 * claimed:5.1f} → {100 * right:5.1f}"
                  f"  ({100 * low_right:.1f}–{100 * high_right:.1f})")
    shares = ", ".join(f"{field} {percent(rows.printed[field])} ({len(rows.printed[field])})"
                       for field in fields + ["all"] if rows.printed[field])
    print(f"given as sure, of all printed values: {shares}")


def interval(column, values):
    if column in ("words", "refs"):
        low, high = scoring.bootstrap(values)
    else:
        low, high = scoring.wilson(sum(values), len(values))
    return f"{100 * low:.1f}–{100 * high:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--build", default="build", help="where luutru stands")
    parser.add_argument("--archive", help="keep the archive here (default: a temporary one)")
    parser.add_argument("--by", default="form", help="the truth's key that makes the rows")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N misses of a folder")
    parser.add_argument("--json", metavar="FILE", help="write means and counts to FILE as well")
    options = parser.parse_args()
    luutru = os.path.join(options.build, "luutru")
    report = {}
    with tempfile.TemporaryDirectory(prefix="luutru-accuracy-") as scratch:
        archive = options.archive or os.path.join(scratch, "archive")
        for folder in corpus_folders(options.folders):
            truths = load_truths(folder)
            if not truths:
                continue
            results = (read_texts(luutru, folder, truths) if is_text_folder(folder)
                       else read_documents(luutru, archive, folder))
            rows = Rows()
            issuers = collections.Counter(truth["issuer"] for truth in truths.values() if truth.get("issuer"))
            commonest = issuers.most_common(1)[0][0] if issuers else None
            for identity, truth in truths.items():
                group = str(truth.get(options.by, "all"))
                rows.score(identity, truth, results.get(identity, {}), group, commonest)
            print_table(f"{folder}: {len(truths)} documents, {len(results)} read", rows, COLUMNS + HAND_COLUMNS)
            print_calibration(rows)
            for miss in rows.misses[: options.misses]:
                print("  miss", *miss, sep=" | ")
            report[folder] = {group: {c: [round(sum(v) / len(v), 4), len(v)] for c, v in scores.items() if v}
                              for group, scores in rows.scores.items()}
    if not report:
        sys.exit("accuracy: no documents with known answers in " + ", ".join(options.folders))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)


main()
