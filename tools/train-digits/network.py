"""The network that reads a strip, and the file of weights that ocr/digits-model.c loads.

Strip (48 x width) -> four 3 x 3 convolutions that leave 3 rows and width / 2 columns -> one vector a column
-> a recurrent layer in both directions -> for each column the classes: blank, then those of ALPHABET (CTC)."""

import struct

import numpy
import torch
from torch import nn

from glyphs import ALPHABET

CHANNELS = [12, 24, 48, 64]
POOLS = [(2, 2), (2, 1), (2, 1), (2, 1)]
FEATURES, HIDDEN = 96, 80
CLASSES = 1 + len(ALPHABET)
MAGIC = b"LTDIGIT1"
CONVOLUTION, RECURRENT = 1, 2


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        layers, before = [], 1
        for channels, pool in zip(CHANNELS, POOLS):
            layers += [nn.Conv2d(before, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels),
                       nn.ReLU(), nn.MaxPool2d(pool)]
            before = channels
        layers += [nn.Conv2d(before, FEATURES, 3, padding=(0, 1), bias=False), nn.BatchNorm2d(FEATURES), nn.ReLU()]
        self.layers = nn.Sequential(*layers)
        self.drop = nn.Dropout(0.15)
        self.recurrent = nn.GRU(FEATURES, HIDDEN, bidirectional=True, batch_first=True)
        self.output = nn.Linear(2 * HIDDEN, CLASSES)

    def forward(self, strips):
        """strips: N x 1 x 48 x width, 0 to 1; returns N x width / 2 x CLASSES, not yet normalised."""
        columns = self.layers(strips).squeeze(2).transpose(1, 2)
        columns, _ = self.recurrent(self.drop(columns))
        return self.output(self.drop(columns))


def batch(pairs):
    """Strips of several widths side by side, paper to their right; and what they say."""
    width = max(strip.shape[1] for strip, _ in pairs)
    width += width % 2
    strips = numpy.zeros((len(pairs), 1, 48, width), numpy.float32)
    for row, (strip, _) in enumerate(pairs):
        strips[row, 0, :, :strip.shape[1]] = strip / 255.0
    return torch.from_numpy(strips), [text for _, text in pairs]


def loss(reader, strips, texts):
    logs = reader(strips).log_softmax(2).transpose(0, 1)
    targets = torch.tensor([1 + ALPHABET.index(sign) for text in texts for sign in text], dtype=torch.long)
    lengths = torch.tensor([len(text) for text in texts])
    steps = torch.full((len(texts),), logs.shape[0], dtype=torch.long)
    return nn.functional.ctc_loss(logs, targets, steps, lengths, zero_infinity=True)


def greedy(logits):
    """The likeliest class at each step, repetitions and blanks dropped."""
    texts = []
    for steps in logits.argmax(2).tolist():
        signs = [now for before, now in zip([0] + steps, steps) if now and now != before]
        texts.append("".join(ALPHABET[sign - 1] for sign in signs))
    return texts


def half(array):
    return numpy.ascontiguousarray(array, dtype=numpy.float32).astype("<f2").tobytes()


def folded(convolution, normal):
    """Weights and bias of a convolution with the normalisation behind it worked in."""
    scale = normal.weight / torch.sqrt(normal.running_var + normal.eps)
    return (convolution.weight * scale[:, None, None, None]).detach().numpy(), \
        (normal.bias - normal.running_mean * scale).detach().numpy()


def packed_convolution(weight, bias, pad_rows, pool, rectified):
    """weight: out x in x rows x columns; written as rows x columns x in x out, as the program walks it."""
    out, before, rows, columns = weight.shape
    head = struct.pack("<9I", CONVOLUTION, before, out, rows, columns, pad_rows, pool[0], pool[1], rectified)
    return head + half(weight.transpose(2, 3, 1, 0)) + half(bias)


def packed_recurrent(layer):
    """Both directions: weights of the input and of the state, each in x (reset, update, new), then the biases."""
    parts = [struct.pack("<9I", RECURRENT, layer.input_size, layer.hidden_size, 0, 0, 0, 0, 0, 0)]
    for end in ("", "_reverse"):
        parts += [half(getattr(layer, name + end).detach().numpy().T)
                  for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")]
    return b"".join(parts)


def packed(reader):
    reader.eval()
    modules = list(reader.layers)
    layers = []
    for place, module in enumerate(modules):
        if isinstance(module, nn.Conv2d):
            weight, bias = folded(module, modules[place + 1])
            pool = POOLS[len(layers)] if len(layers) < len(POOLS) else (1, 1)
            layers.append(packed_convolution(weight, bias, module.padding[0], pool, 1))
    layers.append(packed_recurrent(reader.recurrent))
    output = reader.output
    layers.append(packed_convolution(output.weight.detach().numpy()[:, :, None, None],
                                     output.bias.detach().numpy(), 0, (1, 1), 0))
    return struct.pack("<I", len(layers)) + b"".join(layers)


def write_model(path, readers, temperature):
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack("<IIf", len(readers), CLASSES, temperature))
        file.write(ALPHABET.encode().ljust(32, b"\0"))
        for reader in readers:
            file.write(packed(reader))


def unpacked_convolution(source, module, normal, strips):
    """Weights with the normalisation worked in are parted again by what the strips say its mean and spread
    are, so that training can go on. Returns the strips behind both."""
    _, before, out, rows, columns = struct.unpack("<5I16x", source.read(36))
    shape = (rows, columns, before, out)
    weight = numpy.frombuffer(source.read(2 * int(numpy.prod(shape))), "<f2").reshape(shape).transpose(3, 2, 0, 1)
    bias = torch.from_numpy(numpy.frombuffer(source.read(2 * out), "<f2").astype(numpy.float32))
    weight = torch.from_numpy(weight.astype(numpy.float32))
    if normal is None:
        module.weight.copy_(weight[:, :, 0, 0])
        module.bias.copy_(bias)
        return strips
    module.weight.copy_(weight)
    strips = module(strips)
    normal.running_mean.copy_(strips.mean((0, 2, 3)))
    normal.running_var.copy_(strips.var((0, 2, 3)))
    normal.weight.copy_(torch.sqrt(normal.running_var + normal.eps))
    normal.bias.copy_(bias + normal.running_mean)
    return normal(strips)


def unpacked_recurrent(source, layer):
    source.read(36)
    for end in ("", "_reverse"):
        for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
            to = getattr(layer, name + end)
            values = numpy.frombuffer(source.read(2 * to.numel()), "<f2").astype(numpy.float32)
            to.copy_(torch.from_numpy(values).reshape(tuple(to.shape[::-1])).t())


def read_model(path, strips):
    """The first network of a model, to go on training; strips: as of batch(), some hundred."""
    reader = Reader().eval()
    with open(path, "rb") as source, torch.no_grad():
        source.read(len(MAGIC) + 12 + 32 + 4)
        modules = list(reader.layers)
        for place, module in enumerate(modules):
            if isinstance(module, nn.Conv2d):
                strips = unpacked_convolution(source, module, modules[place + 1], strips)
            elif not isinstance(module, nn.BatchNorm2d):
                strips = module(strips)
        unpacked_recurrent(source, reader.recurrent)
        unpacked_convolution(source, reader.output, None, strips)
    return reader


def set_temperature(path, temperature):
    """Changes it in a model that is written already."""
    with open(path, "r+b") as file:
        file.seek(len(MAGIC) + 8)
        file.write(struct.pack("<f", temperature))
