#!/usr/bin/python3
"""What the walls around workers cost, and what syncing costs: cost.py [--build DIR] [--rounds N] FILE...

Files the same documents again and again into fresh archives, by turns with all walls and with none, and compares the
processor time of coordinator and workers (a clock would measure the neighbours). Then, under strace, the share of a run's time
that is spent in fsync(2) and fdatasync(2), of as many runs. Prints one JSON object."""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def ingest(options, place, worker, before=()):
    """Seconds of the processor, and of a clock."""
    box = place + "/box"
    shutil.rmtree(box, ignore_errors=True)
    spent, began = os.times(), time.monotonic()
    subprocess.run([*before, options.build + "/luutru", "--archive", box, "ingest", "--jobs", "1", *options.files],
                   env={**os.environ, "LUUTRU_WORKER": worker}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=False)
    now = os.times()
    return (now.children_user + now.children_system - spent.children_user - spent.children_system,
            time.monotonic() - began)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.path.join(TOP, "build"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    place = tempfile.mkdtemp(prefix="luutru-cost-")
    walls, bare = options.build + "/luutru-worker", place + "/bare"
    with open(bare, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec {walls} --no-sandbox "$@"\n')
    os.chmod(bare, 0o755)
    ingest(options, place, walls)  # whatever is read for the first time
    with_walls, without, synced = [], [], []
    for i in range(options.rounds):
        for worker in (walls, bare) if i % 2 else (bare, walls):
            (with_walls if worker == walls else without).append(ingest(options, place, worker)[0])
    for _ in range(options.rounds):
        trace = place + "/trace"
        _, lasted = ingest(options, place, walls, ("strace", "-f", "-T", "-e", "trace=fsync,fdatasync", "-o", trace))
        with open(trace, encoding="utf-8", errors="replace") as lines:
            times = [float(value) for value in re.findall(r"sync\(.*<([0-9.]+)>$", lines.read(), re.M)]
        synced.append((sum(times) / lasted, len(times)))
    shutil.rmtree(place)
    print(json.dumps({
        "files": len(options.files), "rounds": options.rounds,
        "walls_seconds": round(statistics.median(with_walls), 3), "bare_seconds": round(statistics.median(without), 3),
        "ratio_of_medians": round(statistics.median(with_walls) / statistics.median(without), 4),
        "ratio_of_least": round(min(with_walls) / min(without), 4),
        "ratios": [round(a / b, 3) for a, b in zip(with_walls, without)],
        "syncs": synced[0][1], "synced_share": round(statistics.median(share for share, _ in synced), 4)}))


if __name__ == "__main__":
    main()
