#!/usr/bin/python3
"""Fuzz targets in turn, a slice of processor time each, until every one has what it is to have; totals add up from
run to run, so that hours can be spread over many evenings.

fuzz.py TOTALS [--slice SECONDS] [--for SECONDS] [TARGET...]

  TOTALS   a table (soak.sh): of each target its seconds of the processor, those since its last crash, runs, crashes
  --slice  seconds of a clock for a target before the next has its turn (300)
  --for    seconds of a clock for all (without end, until every goal is reached)

The target that is furthest from its goal goes first. Corpora grow in build/fuzz/corpus, what crashes is kept in
build/fuzz/found. Real documents as seeds: samples/, and those of the folder CORPUS (environment) that are small.
Time is the processor's, as wait4(2) tells: under a load that leaves a fuzzer little of it, a clock would flatter.
Ends with 1 where something was found."""
import argparse
import glob
import os
import re
import subprocess
import sys
import time

import totals

MINUTE = 60
GOALS = {"fuzz-ocr-document": 90 * MINUTE, "fuzz-ocr-scan": 30 * MINUTE}  # the worker: two hours together
GOAL = 30 * MINUTE
READ_DOCUMENTS = ("fuzz-ocr-document", "fuzz-ocr-scan", "fuzz-ocr-files", "fuzz-whole")
SLOW = 60  # seconds of the processor that an input may cost
MOST_BYTES = 65536
KINDS = (".pdf", ".tif", ".jpg", ".png")


def known_targets():
    return sorted(os.path.basename(path)[:-2] for path in glob.glob("tests/fuzz/fuzz-*.c"))


def is_done(table, target):
    """Enough of it, and nothing found in the last of it."""
    goal = GOALS.get(target, GOAL)
    return (table.get(f"{target} seconds", 0) >= goal
            and table.get(f"{target} seconds of the last stretch", 0) >= goal / 10)


def share(table, target):
    return table.get(f"{target} seconds", 0) / GOALS.get(target, GOAL)


def small_documents(folder):
    for path, _, names in os.walk(folder):
        for name in sorted(names):
            whole = os.path.join(path, name)
            if name.endswith(KINDS) and os.path.getsize(whole) <= MOST_BYTES:
                yield whole


def seed(target, corpus):
    """A fresh corpus begins with what is committed, and with real documents where the target reads some."""
    if os.path.isdir(corpus):
        return
    os.makedirs(corpus)
    seeds = glob.glob("tests/fuzz/corpus/*/*")
    if target in READ_DOCUMENTS:
        seeds += small_documents("samples")
        if os.environ.get("CORPUS"):
            seeds += small_documents(os.environ["CORPUS"])
    for number, path in enumerate(seeds):
        with open(path, "rb") as source, open(f"{corpus}/seed-{number}", "wb") as copy:
            copy.write(source.read())


def run(command):
    """How it ended, what it printed, and the seconds of the processor that it took."""
    before = os.times()
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                           env={**os.environ, "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1",
                                "OMP_THREAD_LIMIT": "1"})
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return ended.returncode, ended.stderr.decode(errors="replace"), round(spent)


def is_finding(program, artifact):
    """A clock says 'too slow' of whatever had to wait for the processor: such an input is timed once more."""
    if not os.path.basename(artifact).split("-")[-2:][0].startswith("timeout"):
        return True
    status, _, spent = run([program, artifact, "-timeout=3600"])
    if status == 0 and spent < SLOW:
        os.unlink(artifact)
        return False
    return True


def fuzz(target, seconds):
    """One slice. Returns what is to be added to the totals of the target."""
    corpus, found = f"build/fuzz/corpus/{target}", "build/fuzz/found"
    program = f"build/fuzz/tests/fuzz/{target}"
    seed(target, corpus)
    os.makedirs(found, exist_ok=True)
    status, said, spent = run([program, f"-max_total_time={seconds}", "-timeout=900", "-rss_limit_mb=4000",
                               f"-max_len={MOST_BYTES}", "-reload=0", "-print_final_stats=1",
                               f"-artifact_prefix={found}/{target}-", corpus])
    runs = re.search(r"^stat::number_of_executed_units: *(\d+)", said, re.M)
    artifact = re.search(r"Test unit written to (\S+)", said)
    crashed = status != 0 and not (artifact and not is_finding(program, artifact.group(1)))
    if crashed:
        print(said[-4000:])
    return {"seconds": spent, "runs": int(runs.group(1)) if runs else 0, "crashes": int(crashed)}


def note(path, target, got):
    if got["crashes"]:
        totals.add(path, f"{target} crashes", 1)
        totals.forget(path, f"{target} seconds of the last stretch")
    totals.add(path, f"{target} seconds", got["seconds"])
    if not got["crashes"]:
        totals.add(path, f"{target} seconds of the last stretch", got["seconds"])
    totals.add(path, f"{target} runs", got["runs"])
    print(f"{target}: {got['seconds']} s of the processor, {got['runs']} runs"
          + (", CRASHED" if got["crashes"] else ""), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("totals")
    parser.add_argument("--slice", type=int, default=300)
    parser.add_argument("--for", type=int, dest="seconds")
    parser.add_argument("targets", nargs="*")
    options = parser.parse_intermixed_args()
    until = time.monotonic() + options.seconds if options.seconds else float("inf")
    targets, broken = options.targets or known_targets(), set()
    while True:
        table = totals.read(options.totals)
        left = [target for target in targets if target not in broken and not is_done(table, target)]
        seconds = min(options.slice, until - time.monotonic())
        if not left or seconds < 1:
            break
        target = min(left, key=lambda one: share(table, one))
        got = fuzz(target, int(seconds))
        note(options.totals, target, got)
        if got["crashes"]:
            broken.add(target)  # it would find the same again
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
