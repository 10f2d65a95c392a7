#!/usr/bin/env python3
"""Learning curve of a character LSTM in PyTorch, with the conventions of curve.ts; one JSON object a line.

Usage: curve.py TEXT STEPS EVERY SEED PRICE
"""
import json
import math
import sys

import torch

H, B, T, LR, CLIP, FORGET, HELD_OUT, BETA = 128, 32, 64, 0.005, 5.0, 1.0, 1024, 0.1
path, steps, every, seed, price = sys.argv[1], *map(int, sys.argv[2:5]), float(sys.argv[5])
torch.set_num_threads(1)
torch.manual_seed(seed)

with open(path, encoding="utf-8") as file:
    text = file.read()
symbols = sorted(set(text))
places = {symbol: k for k, symbol in enumerate(symbols)}
ids = torch.tensor([places[character] for character in text])
V, split = len(symbols), int(len(ids) * 0.9)


def streams(part):
    length = len(part) // B
    return part[: B * length].reshape(B, length).t()


training, held_out = streams(ids[:split]), streams(ids[split:])
lstm, head, one_hot = torch.nn.LSTM(V, H), torch.nn.Linear(H, V), torch.eye(V)
bound = 1 / math.sqrt(H)
with torch.no_grad():
    for name, values in [*lstm.named_parameters(), *head.named_parameters()]:
        if "bias" in name:
            values.zero_()
        else:
            values.uniform_(-bound, bound)
    lstm.bias_ih_l0[H : 2 * H] = FORGET
# One bias a gate, as in curve.ts: two would be learnt at twice the rate, and count twice in the norm.
lstm.bias_hh_l0.requires_grad_(False)
parameters = [p for p in [*lstm.parameters(), *head.parameters()] if p.requires_grad]
adam = torch.optim.Adam(parameters, LR)


def loss_of(window, state, price):
    """Cross-entropy, what the cell states cost, and the state carried on, all of one window."""
    inputs, cost = one_hot[window[:-1]], 0.0
    if price == 0:
        outputs, state = lstm(inputs, state)
    else:
        # The library gives cell states one step at a time.
        steps = []
        for step in inputs.split(1):
            output, state = lstm(step, state)
            steps.append((output, state[1]))
        outputs, cells = map(torch.cat, zip(*steps))
        sizes = torch.nn.functional.smooth_l1_loss(cells, torch.zeros_like(cells), beta=BETA, reduction="sum")
        cost = price * sizes / (len(inputs) * B)
    logits = head(outputs).reshape(-1, V)
    return torch.nn.functional.cross_entropy(logits, window[1:].reshape(-1)), cost, state


state, position = None, 0
for step in range(1, steps + 1):
    if position + T + 1 > len(training):
        state, position = None, 0
    loss, cost, state = loss_of(training[position : position + T + 1], state, price)
    state = tuple(values.detach() for values in state)
    position += T
    adam.zero_grad()
    (loss + cost).backward()
    torch.nn.utils.clip_grad_norm_(parameters, CLIP)
    adam.step()
    if step % every == 0:
        with torch.no_grad():
            measured, _, _ = loss_of(held_out[: HELD_OUT + 1], None, 0)
        print(json.dumps({"step": step, "loss": loss.item(), "heldOut": measured.item()}), flush=True)
