#!/usr/bin/python3
"""Makes dispatches with known answers: any number of each kind, the same from the same seed.

    make_samples.py --out DIR [--corpus] [--count N] [--kinds K,…] [--layouts L,…] [--seed S]
    make_samples.py --out samples --samples

--count is per kind. Beside each file stands its truth, NAME.expected.json; with --corpus it is
called NAME.json, as a scorer of folders expects it. --samples makes the project's fixed set."""
import argparse
import json
import os
import random
import sys

import compose
import special
from forms import BORN_DIGITAL, FORMS, QUALITIES, Job

TRIES = 400  # dispatches thrown away before giving up on one that has the pages asked for


def years_of(form):
    """Text in TCVN3 code ends about 2009; other forms come from any year."""
    return (2006, 2009) if form == "text-tcvn3" else None


def layout_of(form, rng, allowed):
    """Typewritten pages are never born digital."""
    pool = [x for x in allowed if not (x == "old" and form in BORN_DIGITAL)]
    return rng.choice(pool or ["letter"])


def by_hand(rng, dispatch, form):
    """Numbers and days written with a pen, as some offices do on most of their paper."""
    if form not in BORN_DIGITAL and form != "mixed" and not dispatch.blank:
        dispatch.hand_number = rng.random() < 0.3
        dispatch.hand_date = rng.random() < 0.25


def fits(job, pages=0):
    wanted, count = FORMS[job.form].pages, len(job.pages)
    if pages:
        return count == pages
    return wanted == "any" or (wanted == "many") == (count > 1)


def random_job(form, seed, index, layouts):
    """The index-th dispatch of a form; tries again until it has as many pages as the form needs."""
    for attempt in range(TRIES):
        rng = random.Random(f"{seed}/{form}/{index}/{attempt}")
        dispatch = compose.compose(rng, layout_of(form, rng, layouts), years=years_of(form))
        by_hand(rng, dispatch, form)
        job = Job(form, dispatch, rng, quality=rng.choice(QUALITIES))
        if fits(job):
            return job
    raise SystemExit(f"no dispatch of the layouts {layouts} has the pages that '{form}' needs")


def sample_job(sample):
    for attempt in range(TRIES):
        rng = random.Random(f"{sample.name}/{attempt}")
        if sample.asked:
            dispatch = compose.compose(rng, **sample.asked)
            dispatch.urgent = ""
        else:
            dispatch = special.rights()
        for key, value in sample.changes.items():
            setattr(dispatch, key, value)
        job = Job(sample.form, dispatch, rng, sample.dpi, sample.quality)
        if fits(job, sample.pages):
            return job
    raise SystemExit(f"no dispatch found for the sample '{sample.name}'")


def write(job, folder, name, suffix):
    """Writes the file and its truth; the truth last, since stamps add lines to a page."""
    form = FORMS[job.form]
    file = f"{name}.{form.suffix}"
    form.writer(job, os.path.join(folder, file))
    truth = job.dispatch.truth(name, file, job.form, None if job.form in BORN_DIGITAL else job.dpi)
    truth["pages"] = [page.text() for page in job.pages]
    truth["boxes"] = job.boxes()
    with open(os.path.join(folder, name + suffix), "w", encoding="utf-8") as out:
        json.dump(truth, out, ensure_ascii=False, indent=1)
        out.write("\n")


def listed(text, known, what):
    names = text.split(",") if text else list(known)
    for name in names:
        if name not in known:
            raise SystemExit(f"unknown {what} '{name}'; known are: {', '.join(known)}")
    return names


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--kinds", default="", help=", ".join(FORMS))
    parser.add_argument("--layouts", default="", help=", ".join(sorted(set(compose.LAYOUTS + compose.MORE_LAYOUTS))))
    parser.add_argument("--seed", default="1")
    parser.add_argument("--corpus", action="store_true")
    parser.add_argument("--samples", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    kinds = listed(options.kinds, FORMS, "kind")
    known = compose.LAYOUTS + compose.MORE_LAYOUTS
    layouts = listed(options.layouts, known, "layout") if options.layouts else compose.LAYOUTS
    suffix = ".json" if options.corpus else ".expected.json"
    os.makedirs(options.out, exist_ok=True)
    if options.samples:
        for sample in special.SAMPLES:
            write(sample_job(sample), options.out, sample.name, suffix)
        return
    for form in kinds:
        for index in range(options.count):
            job = random_job(form, options.seed, index, layouts)
            write(job, options.out, f"{form}-{index:04d}", suffix)
        print(f"{form}: {options.count}", file=sys.stderr)


if __name__ == "__main__":
    main()
