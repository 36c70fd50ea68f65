#!/usr/bin/python3
"""Times luutru against what people would otherwise use, on the same files, in one run, as ratios.

    bench.py [--build DIR] [--rounds N] [--jobs N] [--files N] [--only ROW,…] FOLDER...

Scans (files whose truth, NAME.json beside them, says that they have a good text layer are left out):

    luutru     luutru ingest into a new archive (text, fields, filing and search rows included)
    raster     pdftoppm -r 300 | tesseract -l vie (text only), as many side by side as luutru has workers
    coarse     the same at 200 dpi, with invert_threshold=0
    forced     ocrmypdf --force-ocr --jobs N -l vie, one file after the other, as it is mostly used
    beside     ocrmypdf --force-ocr --jobs 1 -l vie, as many side by side as luutru has workers

Of those that give text, the words that are right are told, where the truth has the pages. Born digital: as many PDFs of
many pages as --born says, made for it, are filed, against pdftotext. Memory: what coordinator and largest
worker take on A4 pages of 300 dpi in colour, and over --pages pages.

Rounds are interleaved (luutru, raster, …, luutru, raster, …), so that a machine that slows down slows all;
the ratio is taken round by round, of the clock's time and of the processor's, and its median shown. The latter
is what remains where others use the machine, too. Every process runs Tesseract with one thread."""
import argparse
import collections
import concurrent.futures
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import scoring

PICTURES = (".tif", ".tiff", ".jpg", ".jpeg", ".png")
ENVIRONMENT = dict(os.environ, OMP_THREAD_LIMIT="1", LC_ALL="C.UTF-8")
ROWS = ("scans", "born", "memory")
HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, allowed=(0,)):
    """Runs a command and gives what it prints; one that fails would look fast, so it ends the measurement."""
    done = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in allowed:
        sys.stderr.buffer.write(done.stderr)
        sys.exit(f"bench: {' '.join(command[:6])} ended with exit code {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def side_by_side(jobs, task, items):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(task, items))


def raster_one(path, dpi, options=()):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        pages = [path]
        if not path.endswith(PICTURES):
            run(["pdftoppm", "-r", str(dpi), path, os.path.join(scratch, "page")])
            pages = sorted(os.path.join(scratch, name) for name in os.listdir(scratch))
        return "\n".join(run(["tesseract", page, "stdout", "-l", "vie", *options]) for page in pages)


def ocrmypdf_one(path, jobs):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        command = ["ocrmypdf", "--force-ocr", "-l", "vie", "--jobs", str(jobs)]
        if path.endswith(PICTURES):
            command += ["--image-dpi", "300"]
        run(command + [path, os.path.join(scratch, "out.pdf")], (0, 10))  # 10: no PDF/A, but a PDF
        return ""


def ingest(options, luutru, files):
    """Files into a new archive. Returns: the documents with their text, by path."""
    with tempfile.TemporaryDirectory(prefix="luutru-bench-", dir=options.place) as scratch:
        archive = ["--archive", os.path.join(scratch, "a")]
        started = clocks()
        run([luutru, *archive, "ingest", "--jobs", str(options.jobs), *files], (0, 1))
        spent = since(started)
        exported = run([luutru, *archive, "export", "--format", "jsonl", "--text"])
    return spent, {document["source"]: document for document in map(json.loads, exported.splitlines())}


def clocks():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic(), used.ru_utime + used.ru_stime


def since(started):
    return tuple(now - before for now, before in zip(clocks(), started))


def text_of(document):
    return "\n".join(page["text"] for page in document["pages"])


def words_right(files, texts):
    """Share of the words that are right, of the files whose truth has the pages; None where none has."""
    shares = []
    for path, text in zip(files, texts):
        pages = truth_of(path).get("pages")
        if pages:
            truth = "\n".join(page if isinstance(page, str) else page["text"] for page in pages)
            shares.append(scoring.words_f1(scoring.words(truth), scoring.words(text)))
    return statistics.mean(shares) if shares else None


def truth_of(path):
    try:
        with open(os.path.splitext(path)[0] + ".json", encoding="utf-8") as file:
            return json.load(file)
    except OSError:
        return {}


def timed(table, rounds):
    """Seconds of clock and processor of each way, round by round, and the texts of the last round. A way
    gives texts, or clocks that it took itself and texts."""
    seconds, texts = collections.defaultdict(list), {}
    for number in range(1, rounds + 1):
        for name, way in table.items():
            started = clocks()
            got = way()
            own, texts[name] = got if isinstance(got, tuple) else (None, got)
            seconds[name].append(own or since(started))
        print(f"round {number} of {rounds}: " + ", ".join(
            f"{name} {seconds[name][-1][0]:.1f} s ({seconds[name][-1][1]:.1f})" for name in table), flush=True)
    return seconds, texts


def ratio(seconds, name, other, clock):
    return statistics.median(ours[clock] / theirs[clock] for ours, theirs in zip(seconds[name], seconds[other]))


def print_ratios(seconds, goals):
    for other, goal in goals.items():
        if other in seconds:
            print(f"luutru takes {ratio(seconds, 'luutru', other, 0):.2f} of the time of {other}, "
                  f"{ratio(seconds, 'luutru', other, 1):.2f} of the processor's" + (f" (goal: {goal})" if goal else ""))


def scans(options, luutru, files):
    files = [path for path in files if not str(truth_of(path).get("form", "")).startswith("text")]
    files = files[: options.files] if options.files else files
    pages = 0

    def ours():
        nonlocal pages
        spent, documents = ingest(options, luutru, files)
        pages = sum(document["page_count"] for document in documents.values())
        return spent, [text_of(documents[path]) if path in documents else "" for path in files]

    table = {
        "luutru": ours,
        "raster": lambda: side_by_side(options.jobs, lambda path: raster_one(path, 300), files),
        "coarse": lambda: side_by_side(options.jobs, lambda path: raster_one(path, 200, ("-c", "invert_threshold=0")), files),
        "forced": lambda: [ocrmypdf_one(path, options.jobs) for path in files],
        "beside": lambda: side_by_side(options.jobs, lambda path: ocrmypdf_one(path, 1), files),
    }
    table = {name: way for name, way in table.items() if name not in options.without}
    seconds, texts = timed(table, options.rounds)
    print(f"\nscans: {len(files)} files, {pages} pages, {options.jobs} side by side")
    print(f"{'':10s}{'clock s':>10s}{'processor':>11s}{'pages/s':>10s}{'words %':>10s}")
    for name, taken in seconds.items():
        clock, processor = (statistics.median(each) for each in zip(*taken))
        share = words_right(files, texts[name]) if any(texts[name]) else None
        print(f"{name:10s}{clock:10.1f}{processor:11.1f}{pages / clock:10.2f}" + (f"{100 * share:10.2f}" if share else f"{'–':>10s}"))
    print_ratios(seconds, {"raster": 0.7, "coarse": None, "forced": 0.3, "beside": None})


def make_samples(folder, kind, count):
    maker = os.path.join(HERE, "make-samples", "make_samples.py")
    run([sys.executable, maker, "--out", folder, "--corpus", "--kinds", kind, "--count", str(count)])
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if not name.endswith(".json"))


def make_born_digital(count, scratch):
    """PDFs of some twenty pages with a text layer, no two alike."""
    many = os.path.join(scratch, "many")
    os.mkdir(many)
    pages = make_samples(os.path.join(scratch, "single"), "text", min(count, 60))
    for i in range(count):
        first, step = i % len(pages), 1 + i // len(pages)
        run(["pdfunite", *(pages[(first + k * step) % len(pages)] for k in range(12)), os.path.join(many, f"{i:04}.pdf")])
    return sorted(os.path.join(many, name) for name in os.listdir(many))


def born_digital(options, luutru):
    """Ingest to a durable archive against pdftotext, which writes its text nowhere."""
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        files = make_born_digital(options.born, scratch)
        pages = 0

        def ours():
            nonlocal pages
            spent, documents = ingest(options, luutru, files)
            pages = sum(document["page_count"] for document in documents.values())
            return spent, []

        table = {
            "luutru": ours,
            "pdftotext": lambda: side_by_side(options.jobs, lambda path: run(["pdftotext", path, "-"]), files),
        }
        seconds, _ = timed(table, options.rounds)
    print(f"\nborn digital: {len(files)} files, {pages} pages, {options.jobs} side by side")
    print_ratios(seconds, {"pdftotext": 1.3})


def resident(pid, line):
    """A line of the process's status, in MiB; 0 where it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next((int(each.split()[1]) / 1024 for each in status if each.startswith(line)), 0)
    except OSError:
        return 0


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def watch_memory(command):
    """Runs luutru. Returns: of the coordinator and of the workers together, the largest resident size that
    one of them had in each tenth of the time, in MiB."""
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = []
    while process.poll() is None:
        workers = [resident(child, "VmRSS:") for child in children(process.pid)]
        seen.append((resident(process.pid, "VmRSS:"), max(workers, default=0)))
        time.sleep(0.02)
    tenths = [seen[len(seen) * i // 10 : len(seen) * (i + 1) // 10] or seen[-1:] for i in range(10)]
    return [tuple(max(each) for each in zip(*tenth)) for tenth in tenths]


def other_copies(files, pages, scratch):
    """Copies of the files with other bytes, so that each is another document, until they have so many pages."""
    copies, done = [], 0
    while done < pages:
        path = files[len(copies) % len(files)]
        copies.append(os.path.join(scratch, f"{len(copies):05}-{os.path.basename(path)}"))
        shutil.copyfile(path, copies[-1])
        with open(copies[-1], "ab") as copy:
            copy.write(b"\n%% %d\n" % len(copies))
        done += len(truth_of(path).get("pages") or [None])
    return copies, done


def memory(options, luutru, files):
    with tempfile.TemporaryDirectory(prefix="luutru-bench-") as scratch:
        colour = make_samples(os.path.join(scratch, "colour"), "scan-color", 6) + \
                 make_samples(os.path.join(scratch, "photo"), "jpg-photo", 2)
        for name, originals, pages in (("300 dpi in colour", colour, 8), (f"{options.pages} pages", files, options.pages)):
            folder = os.path.join(scratch, f"{pages}")
            os.mkdir(folder)
            copies, done = other_copies(originals, pages, folder)
            tenths = watch_memory([luutru, "--archive", os.path.join(folder, "a"), "ingest", "--jobs", str(options.jobs), *copies])
            largest = tuple(max(each) for each in zip(*tenths))
            print(f"\nmemory, {name} ({done} pages): coordinator {largest[0]:.0f} MiB (goal: 100), largest worker {largest[1]:.0f} MiB (goal: 250)")
            print("by tenths of the run: " + ", ".join(f"{ours:.0f}+{worker:.0f}" for ours, worker in tenths), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--build", default="build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--files", type=int, default=0, metavar="N", help="the first N scans only")
    parser.add_argument("--only", default=",".join(ROWS), metavar="ROW,…", help="of " + ", ".join(ROWS))
    parser.add_argument("--without", default="beside", metavar="WAY,…", help="ways to read scans that are left out")
    parser.add_argument("--born", type=int, default=200, metavar="N", help="born-digital PDFs to make")
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="pages over which memory is watched")
    parser.add_argument("--place", metavar="DIR", help="where archives are made (default: the temporary folder)")
    options = parser.parse_args()
    options.only, options.without = options.only.split(","), options.without.split(",")
    files = [os.path.abspath(os.path.join(folder, name)) for folder in options.folders for name in sorted(os.listdir(folder))
             if name.endswith(PICTURES + (".pdf",))]
    if not files:
        sys.exit("bench: no documents in " + ", ".join(options.folders))
    luutru = os.path.abspath(os.path.join(options.build, "luutru"))
    if "scans" in options.only:
        scans(options, luutru, files)
    if "born" in options.only:
        born_digital(options, luutru)
    if "memory" in options.only:
        memory(options, luutru, files)


main()
