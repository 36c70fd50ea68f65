#!/usr/bin/python3
"""Adapts networks that were trained on made strings to real ink, and measures what that brings.

  adapt.py fit   --mnist DIR --crops DIR --out FILE.pt [--leave DOCUMENT...] [--seed N] [--steps N] FILE
  adapt.py folds --mnist DIR --crops DIR --read PROGRAM --work DIR [--steps N] FILE...

A FILE is a network as train.py takes it.
'fit' makes one adapted network, having seen no crop of the documents left out. 'folds' does so for every
part of the documents, once parted by document and once by office, has the program (read-digits) read each
part with the networks that never saw it, and prints how often that is right."""

import argparse
import os
import random
import time

import numpy
import torch

import crops as ink
import measure
import network
import strings
from train import batches, begin

STEPS = 320
FASTEST = 8e-4
PARTS = 5
TEMPERATURES = (0.7, 0.85, 1.0, 1.2, 1.4, 1.7)


def set_forms(crops, readers):
    """How each day and number was written, 5 or 05, is what the networks find likelier."""
    for crop in crops:
        picture, _ = network.batch([(crop.strip, "")])
        likely = []
        for text in ink.forms(crop):
            with torch.no_grad():
                likely.append((sum(network.loss(reader, picture, [text]).item() * max(len(text), 1)
                                   for reader in readers), text))
        crop.text = min(likely)[1] if likely else ""


def material(crops, bank, rng, seed, steps):
    """Half made strings, so that nothing is forgotten; a quarter real ones varied; a quarter of their signs."""
    noise = numpy.random.default_rng(seed)
    count = steps * 32
    pairs = strings.make(seed * 7 + 5, count // 2, bank, cleaned=True)
    written = [crop for crop in crops if crop.kind != "year"]
    signs = ink.Ink([crop for crop in written if crop.handwritten and crop.kind != "month"])
    weights = [3 if crop.handwritten and crop.kind in ("number", "day") else 1 for crop in written]
    for crop in rng.choices(written, weights, k=count // 4):
        pairs.append((ink.varied(crop.strip, rng, noise), crop.text))
    for _ in range(count // 4):
        strip, text = signs.write(rng)
        pairs.append((ink.varied(strip, rng, noise), text))
    return pairs


def fit(reader, crops, bank, seed, steps=STEPS):
    """Changes reader."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    groups = batches(material(crops, bank, rng, seed, steps), rng)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=FASTEST, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, FASTEST, total_steps=len(groups), pct_start=0.15)
    reader.train()
    for group in groups:
        strips, texts = network.batch(group)
        optimiser.zero_grad()
        network.loss(reader, strips, texts).backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 4.0)
        optimiser.step()
        pace.step()
    reader.eval()


def parts_by_document(crops):
    """Neighbouring documents, often of one day and hand, are kept apart from each other as seldom as can be."""
    documents = sorted({crop.document for crop in crops})
    return [set(documents[len(documents) * i // PARTS:len(documents) * (i + 1) // PARTS]) for i in range(PARTS)]


def parts_by_office(crops):
    """The offices one after the other; those with few documents together."""
    offices = {}
    for crop in crops:
        offices.setdefault(crop.office, set()).add(crop.document)
    large = [documents for documents in offices.values() if len(documents) >= 4]
    small = [documents for documents in offices.values() if len(documents) < 4]
    return large + ([set().union(*small)] if small else [])


def fold_models(name, parts, crops, options, bank):
    """A model for each part, from all others; those that stand in the folder are taken as they are."""
    models = []
    for number, left in enumerate(parts):
        models.append(os.path.join(options.work, f"{name}-{number}.model"))
        if os.path.exists(models[-1]):
            continue
        readers = []
        for place, path in enumerate(options.networks):
            readers.append(begin(path, bank).eval())
            fit(readers[-1], [crop for crop in crops if crop.document not in left], bank, 100 * number + place + 1,
                options.steps)
        network.write_model(models[-1], readers, 1.0)
    return models


def held_out(models, parts, crops, options, temperature):
    """Answers to all crops, each from the model that saw none of its part."""
    answers = {}
    for model, left in zip(models, parts):
        network.set_temperature(model, temperature)
        answers.update(measure.ask(options.read, model, [crop for crop in crops if crop.document in left]))
    return answers


def folds(options):
    bank = strings.load_bank(options.mnist)
    crops = ink.load(options.crops)
    readers = [begin(path, bank).eval() for path in options.networks]
    set_forms(crops, readers)
    os.makedirs(options.work, exist_ok=True)
    base = os.path.join(options.work, "made.model")
    network.write_model(base, readers, options.temperature)
    measure.report("made strings only", crops, measure.ask(options.read, base, crops))
    for name, parts in (("document", parts_by_document(crops)), ("office", parts_by_office(crops))):
        began = time.monotonic()
        models = fold_models(name, parts, crops, options, bank)
        print(f"\n{len(parts)} parts by {name}: {[len(part) for part in parts]}, {time.monotonic() - began:.0f} s")
        for temperature in TEMPERATURES:
            answers = held_out(models, parts, crops, options, temperature)
            print(f"temperature {temperature}: surprise {measure.surprise(crops, answers):.4f}")
        answers = held_out(models, parts, crops, options, options.temperature)
        measure.report("adapted, by " + name, crops, answers)


def main():
    parser = argparse.ArgumentParser(description="Adapts networks to real ink.")
    parser.add_argument("verb", choices=["fit", "folds"])
    parser.add_argument("--mnist", required=True)
    parser.add_argument("--crops", required=True)
    parser.add_argument("--out")
    parser.add_argument("--read", default="build/tools/read-digits")
    parser.add_argument("--work", default="build/train/folds")
    parser.add_argument("--leave", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("networks", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.verb == "folds":
        folds(options)
        return
    crops = ink.load(options.crops)
    bank = strings.load_bank(options.mnist)
    reader = begin(options.networks[0], bank).eval()
    set_forms(crops, [begin(path, bank).eval() for path in options.networks])
    fit(reader, [crop for crop in crops if crop.document not in options.leave], bank, options.seed, options.steps)
    torch.save(reader.state_dict(), options.out)


if __name__ == "__main__":
    main()
