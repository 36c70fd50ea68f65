#!/usr/bin/python3
"""Writes trained networks to the file that is compiled into luutru-worker, and strips with what the first
network says of them, by which the program's own arithmetic is tested.

  export.py --mnist DIR --model ocr/digits.model --vectors tests/unit/ocr-digits.vectors
            [--temperature T] FILE.pt..."""

import argparse
import struct

import torch

import network
import strings

STRIPS = 3


def write_vectors(path, reader, temperature, bank):
    """For each strip: u32 width and steps, its pixels row by row, steps x classes probabilities (f32)."""
    with open(path, "wb") as file, torch.no_grad():
        file.write(struct.pack("<I", STRIPS))
        for strip, _ in strings.make(77, STRIPS, bank):
            picture, _ = network.batch([(strip, "")])
            steps = (reader(picture)[0] / temperature).softmax(1)
            file.write(struct.pack("<II", strip.shape[1], steps.shape[0]))
            file.write(strip.tobytes() + steps.numpy().astype("<f4").tobytes())


def main():
    parser = argparse.ArgumentParser(description="Writes trained networks for luutru-worker.")
    parser.add_argument("--mnist", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("networks", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(1)
    readers = []
    for path in options.networks:
        reader = network.Reader()
        reader.load_state_dict(torch.load(path))
        readers.append(reader.eval())
    network.write_model(options.model, readers, options.temperature)
    write_vectors(options.vectors, readers[0], options.temperature, strings.load_bank(options.mnist))


if __name__ == "__main__":
    main()
