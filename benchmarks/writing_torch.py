"""nanoGPT as one writes it by hand in PyTorch, by its published recipe for processors; run by an interpreter that has it.

Prints JSON: bits per character on the stretch kept apart, seconds and processor seconds of the training. PyTorch is no part of this project.

Source: Karpathy, nanoGPT, `model.py` and the README's "I only have a macbook" (learning rate 1e-3 falling along a cosine to a tenth,
100 steps of warm-up, AdamW with 0.9 and 0.99, decay 0.1 of matrices only, gradients clipped at 1, no dropout, no biases).
"""

import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

RATE, LEAST_RATE, WARM_UP, DECAY = 1e-3, 1e-4, 100, 0.1
AT_ONCE, MOST_PLACES = 32, 60_000


class Block(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm_1, self.norm_2 = nn.LayerNorm(width, bias=False), nn.LayerNorm(width, bias=False)
        self.asked, self.back = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.wide, self.narrow = (
            nn.Linear(width, 4 * width, bias=False),
            nn.Linear(4 * width, width, bias=False),
        )

    def forward(self, x):
        rows, places, width = x.shape
        asked = self.asked(self.norm_1(x)).view(rows, places, 3, self.heads, width // self.heads)
        seen = functional.scaled_dot_product_attention(*asked.permute(2, 0, 3, 1, 4), is_causal=True)
        x = x + self.back(seen.transpose(1, 2).reshape(rows, places, width))
        return x + self.narrow(functional.gelu(self.wide(self.norm_2(x))))


class Writer(nn.Module):
    def __init__(self, codes: int, length: int, width: int, depth: int, heads: int):
        super().__init__()
        self.told, self.places = nn.Embedding(codes, width), nn.Embedding(length, width)
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(depth)])
        self.norm, self.answer = nn.LayerNorm(width, bias=False), nn.Linear(width, codes, bias=False)
        for name, weight in self.named_parameters():
            if weight.dim() > 1:
                ends = name.endswith(("back.weight", "narrow.weight"))
                nn.init.normal_(weight, std=0.02 / math.sqrt(2 * depth) if ends else 0.02)
        self.told.weight = self.answer.weight

    def forward(self, codes):
        x = self.told(codes) + self.places.weight[: codes.shape[1]]
        return self.answer(self.norm(self.blocks(x)))


def windows(stream: np.ndarray, first: np.ndarray, length: int):
    found = torch.from_numpy(
        stream[np.minimum(first[:, None] + np.arange(length + 1), len(stream) - 1)].astype(np.int64)
    )
    return found[:, :-1], found[:, 1:]


def rate(step: int, steps: int) -> float:
    if step < WARM_UP:
        return RATE * (step + 1) / (WARM_UP + 1)
    share = (step - WARM_UP) / max(steps - WARM_UP, 1)
    return LEAST_RATE + 0.5 * (1 + math.cos(math.pi * share)) * (RATE - LEAST_RATE)


def train(model: nn.Module, stream: np.ndarray, length: int, asked: dict) -> None:
    matrices = [weight for weight in model.parameters() if weight.dim() > 1]
    others = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.99))
    dice = np.random.default_rng(1)
    for step in range(asked["steps"]):
        read, coming = windows(stream, dice.integers(0, len(stream) - length, asked["batch"]), length)
        for group in optimizer.param_groups:
            group["lr"] = rate(step, asked["steps"])
        loss = functional.cross_entropy(model(read).flatten(0, 1), coming.flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()


@torch.no_grad()
def bits(model: nn.Module, stream: np.ndarray, test: int, length: int) -> float:
    """Of the same places as `core.results.writing`: the second half of each window."""
    half = length // 2
    every = np.arange(max(test - half, 0), max(len(stream) - length - 1, test - half + 1), half)
    some = max(MOST_PLACES // half, 1)
    first = every[np.unique(np.linspace(0, len(every) - 1, min(len(every), some)).round().astype(int))]
    found = []
    for at in range(0, len(first), AT_ONCE):
        read, coming = windows(stream, first[at : at + AT_ONCE], length)
        said = model(read)[:, half:].flatten(0, 1)
        found.append(functional.cross_entropy(said, coming[:, half:].flatten(), reduction="none").numpy())
    return float(np.concatenate(found).mean() / math.log(2))


def main() -> None:
    asked = json.loads(sys.argv[1])
    torch.set_num_threads(asked["threads"])
    torch.manual_seed(1)
    facts = json.loads((Path(asked["folder"]) / "facts.json").read_text(encoding="utf-8"))
    known, stream = facts["writing"], np.load(Path(asked["folder"]) / "stream.npy")
    model = Writer(facts["output"]["units"], known["length"], asked["width"], asked["depth"], asked["heads"])
    began, cpu = time.perf_counter(), time.process_time()
    train(model, stream[: known["validation"]], known["length"], asked)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    told = {"weights": sum(weight.numel() for weight in model.parameters()), "seconds": seconds, "cpu": cpu}
    print(json.dumps({**told, "bits": bits(model, stream, known["test"], known["length"])}))


if __name__ == "__main__":
    main()
