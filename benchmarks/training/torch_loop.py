"""The same five networks and a loop as one writes it by hand in PyTorch; run by an interpreter that has it.

`PYTHON benchmarks/training/torch_loop.py a 2 0` prints what `way.py` prints. PyTorch is no part of this project.
"""

import json
import sys
import time

import numpy as np
import torch
from rows import CATEGORIES, LETTERS, NUMBERS, PLACES, WORDS, rows_of  # beside this file
from torch import nn
from torch.nn import functional

DROPOUT, HEADS, EPSILON = 0.1, 4, 1e-5


class Block(nn.Module):
    """A Transformer block with the norm before each part."""

    def __init__(self, width: int, causal: bool):
        super().__init__()
        self.causal = causal
        self.norm_1, self.norm_2 = nn.LayerNorm(width, EPSILON), nn.LayerNorm(width, EPSILON)
        self.asked, self.back = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x):
        rows, places, width = x.shape
        asked = self.asked(self.norm_1(x)).view(rows, places, 3, HEADS, width // HEADS)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, is_causal=self.causal)
        x = x + self.drop(self.back(seen.transpose(1, 2).reshape(rows, places, width)))
        return x + self.drop(self.narrow(functional.gelu(self.wide(self.norm_2(x)))))


class Table(nn.Module):
    def __init__(self):
        super().__init__()
        self.told = nn.Embedding(sum(CATEGORIES), 8)
        taken = NUMBERS + 8 * len(CATEGORIES)
        self.rest = nn.Sequential(
            nn.Linear(taken, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 1)
        )

    def forward(self, numbers, categories):
        return self.rest(torch.cat([numbers, self.told(categories).flatten(1)], 1))


class Reader(nn.Module):
    """Embedding, positions, blocks; at the end one answer, or one for each place."""

    def __init__(self, known: int, width: int, blocks: int, answers: int):
        super().__init__()
        self.each = answers > 1
        self.told = nn.Embedding(known, width)
        self.places = nn.Parameter(torch.randn(PLACES, width) * 0.02)
        self.blocks = nn.Sequential(*[Block(width, self.each) for _ in range(blocks)])
        self.norm = nn.LayerNorm(width, 1e-3) if self.each else nn.Identity()
        self.answer = nn.Linear(width, answers)

    def forward(self, codes):
        x = self.blocks(self.told(codes) + self.places)
        return self.answer(self.norm(x)) if self.each else self.answer(x.mean(1))


def network(name: str) -> nn.Module:
    if name == "a":
        return nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
    if name == "b":
        return Table()
    if name == "c":
        return nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1600, 10),
        )  # fmt: skip
    return Reader(WORDS, 64, 2, 1) if name == "d" else Reader(LETTERS, 128, 4, LETTERS)


def tensor(array: np.ndarray) -> torch.Tensor:
    wide = torch.from_numpy(np.ascontiguousarray(array))
    return wide.long() if wide.dtype == torch.int32 else wide


def loss_of(said: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    if truth.dtype == torch.float32:
        return functional.binary_cross_entropy_with_logits(said, truth)
    return functional.cross_entropy(said.reshape(-1, said.shape[-1]), truth.reshape(-1))


def main() -> None:
    name, threads = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    rows = rows_of(name, int(sys.argv[3]))
    began = time.perf_counter()
    sides = []
    for training in (True, False):
        inputs, truth = rows.side(training)
        given = [tensor(np.moveaxis(a, -1, 1) if name == "c" else a) for a in inputs.values()]
        sides.append((given, tensor(truth)))
    (inputs, truth), (seen, asked) = sides
    model = network(name)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, eps=1e-7)
    told: dict[str, list[float]] = {"seconds": [], "cpu": [], "losses": []}
    for _ in range(rows.epochs):
        started, cpu, total = time.perf_counter(), time.process_time(), torch.zeros(())
        model.train()
        for some in torch.randperm(len(truth)).split(rows.batch):
            optimizer.zero_grad()
            loss = loss_of(model(*[array[some] for array in inputs]), truth[some])
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(some)
        told["losses"].append(total.item() / len(truth))
        told["seconds"].append(time.perf_counter() - started)
        told["cpu"].append(time.process_time() - cpu)
        model.eval()
        with torch.no_grad():
            for part in torch.arange(len(asked)).split(1024):
                loss_of(model(*[array[part] for array in seen]), asked[part]).item()
    ended = time.perf_counter()
    print(json.dumps({**told, "steps": rows.steps, "script": ended - began}))


if __name__ == "__main__":
    main()
