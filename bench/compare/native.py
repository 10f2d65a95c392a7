#!/usr/bin/env python3
"""Training steps of a character LSTM in PyTorch, on request: one JSON object a line in, one a line out.

{"open": {"H", "L", "T", "B", "V", "weights": FILE, "batch": FILE, "tensors": [{"name", "shape", "offset"}], "lr", "clip"}}
{"steps": N}   -> {"milliseconds", "losses"}
{"limit": N}   -> {"milliseconds", "flops"} of N products of 1024 x 1024 matrices (GPU: 4096 x 4096)
The files hold float32 numbers and int32 numbers; names, shapes and the order of the gates (i, f, g, o) are the page's.
"""
import argparse
import json
import sys
import time

import torch

parser = argparse.ArgumentParser()
# Changed midway it would slow PyTorch down.
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--cuda", action="store_true")
args = parser.parse_args()
torch.set_num_threads(args.threads)
device = torch.device("cuda" if args.cuda and torch.cuda.is_available() else "cpu")


def numbers(path, dtype):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=dtype)


def finish():
    if device.type == "cuda":
        torch.cuda.synchronize()


class Network:
    def __init__(self, o):
        H, L, V = o["H"], o["L"], o["V"]
        self.V, self.clip = V, o["clip"]
        self.lstm = torch.nn.LSTM(V, H, num_layers=L)
        self.head = torch.nn.Linear(H, V)
        flat = numbers(o["weights"], torch.float32)
        places = {t["name"]: t for t in o["tensors"]}

        def take(name):
            shape, offset = places[name]["shape"], places[name]["offset"]
            size = 1
            for n in shape:
                size *= n
            return flat[offset : offset + size].reshape(shape)

        with torch.no_grad():
            for layer in range(L):
                getattr(self.lstm, f"weight_ih_l{layer}").copy_(take(f"layers.{layer}.input").t())
                getattr(self.lstm, f"weight_hh_l{layer}").copy_(take(f"layers.{layer}.recurrent").t())
                getattr(self.lstm, f"bias_ih_l{layer}").copy_(take(f"layers.{layer}.bias"))
                getattr(self.lstm, f"bias_hh_l{layer}").zero_()
            self.head.weight.copy_(take("output.weight").t())
            self.head.bias.copy_(take("output.bias"))
        self.lstm.to(device)
        self.head.to(device)
        self.parameters = [*self.lstm.parameters(), *self.head.parameters()]
        self.adam = torch.optim.Adam(self.parameters, o["lr"])
        self.one_hot = torch.eye(V, device=device)
        inputs, targets = numbers(o["batch"], torch.int32).long().reshape(2, o["B"], o["T"])
        self.inputs = inputs.t().contiguous().to(device)
        self.targets = targets.t().reshape(-1).to(device)

    def step(self):
        states, _ = self.lstm(self.one_hot[self.inputs])
        loss = torch.nn.functional.cross_entropy(self.head(states).view(-1, self.V), self.targets)
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, self.clip)
        self.adam.step()
        return loss.item()


network = None
print(json.dumps({"version": torch.__version__, "device": torch.cuda.get_device_name() if device.type == "cuda" else "cpu"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if "open" in request:
        network = Network(request["open"])
        print(json.dumps({}), flush=True)
        continue
    if "limit" in request:
        n = 4096 if device.type == "cuda" else 1024
        a, b = torch.rand(n, n, device=device), torch.rand(n, n, device=device)
        torch.mm(a, b)
        finish()
        begin = time.perf_counter()
        for _ in range(request["limit"]):
            torch.mm(a, b)
        finish()
        print(json.dumps({"milliseconds": (time.perf_counter() - begin) * 1e3, "flops": 2 * n**3}), flush=True)
    else:
        finish()
        begin = time.perf_counter()
        losses = [network.step() for _ in range(request["steps"])]
        finish()
        print(json.dumps({"milliseconds": (time.perf_counter() - begin) * 1e3, "losses": losses}), flush=True)
