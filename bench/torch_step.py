#!/usr/bin/env python3
"""The steps that bench_optimizers measured, with PyTorch: float64, one thread, the faster of its
foreach and its plain loop.     torch_step.py BENCH_OPTIMIZERS     (the program)"""
import subprocess
import sys
import time

try:
    import torch
except ImportError:
    print("SKIP: no PyTorch")
    sys.exit(0)

METHODS = {  # no options of ours that PyTorch has not
    ("sgd", "-"): lambda p, foreach: torch.optim.SGD(p, lr=1e-3, foreach=foreach),
    ("sgd", "momentum=0.9"): lambda p, foreach: torch.optim.SGD(p, lr=1e-3, momentum=0.9, foreach=foreach),
    ("adam", "-"): lambda p, foreach: torch.optim.Adam(p, foreach=foreach),
    ("adamw", "-"): lambda p, foreach: torch.optim.AdamW(p, foreach=foreach),
}


def nanoseconds(make, n, foreach):
    x = torch.ones(n, dtype=torch.float64, requires_grad=True)
    x.grad = 0.5 - (torch.arange(n, dtype=torch.float64) % 97) / 101
    method = make([x], foreach)
    for _ in range(3):
        method.step()
    begin = time.perf_counter()
    method.step()
    repeats = 1 + int(0.002 / (time.perf_counter() - begin))
    times = []
    for _ in range(21):
        begin = time.perf_counter()
        for _ in range(repeats):
            method.step()
        times.append((time.perf_counter() - begin) / repeats)
    return 1e9 * min(times) / n


def main():
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    print("PyTorch", torch.__version__)
    print("%-10s %-12s %9s %8s %8s %9s" % ("optimizer", "options", "n", "torch ns", "our ns", "torch/us"))
    rows = [line.split() for line in subprocess.check_output([sys.argv[1]], text=True).splitlines()]
    for name, options, n, ours, *_ in rows[1:]:
        make = METHODS.get((name, options))
        if make:
            theirs = min(nanoseconds(make, int(n), foreach) for foreach in (False, True))
            print("%-10s %-12s %9s %8.3f %8s %8.1fx" % (name, options, n, theirs, ours, theirs / float(ours)))


main()
