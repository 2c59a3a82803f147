"""program_step.py BUILD SOURCE -- microseconds a step: C, Python and torch, each through the harness."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

BUILD, SOURCE = sys.argv[1:3]
ROUNDS, N = 9, 1000
PROBLEM = f"chained-lq:n={N}"


def through_the_harness(plugin, optimizer, steps):
    """Microseconds a step of the run, without the start of the program."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([f"{BUILD}/nsobench", "run", "--plugin", plugin, "-P", PROBLEM, "-O", optimizer, "--steps",
                        str(steps), "--budget", "1e9", "--measure", "none", "-j", "1", "-q", "--force", "-o", folder],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(f"{folder}/runs.jsonl") as file:
            record = json.loads(file.readline())
    return record["seconds"]["wall"] / record["steps"] * 1e6


def bare_torch(steps):
    """The same function and torch.optim.Adam in a loop of torch alone."""
    import torch
    torch.set_num_threads(1)
    x = torch.nn.Parameter(torch.full((N,), -0.5, dtype=torch.float64))
    adam = torch.optim.Adam([x], lr=1e-3)

    def step():
        adam.zero_grad()
        line = -x[:-1] - x[1:]
        torch.maximum(line, line + x[:-1] ** 2 + x[1:] ** 2 - 1).sum().backward()
        adam.step()
    for _ in range(100):
        step()
    begin = time.perf_counter()
    for _ in range(steps):
        step()
    return (time.perf_counter() - begin) / steps * 1e6


def in_turn(ways):
    """{name: times}, each way once in every round."""
    times = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(way())
    return times


def show(name, times):
    print(f"{name:44} {statistics.median(times):8.2f} us a step, best {min(times):8.2f}")


heavy_ball = f"heavy-ball:lr=0.0001"
times = in_turn({
    "heavy ball in C": lambda: through_the_harness(f"{BUILD}/tests/plugins/heavy_ball.so", heavy_ball, 50000),
    "heavy ball in Python": lambda: through_the_harness(f"{SOURCE}/examples/heavy_ball.py", heavy_ball, 50000),
})
print(f"n = {N}, one subgradient a step, load {os.getloadavg()[0]:.1f}")
for name, t in times.items():
    show(name, t)
extra = [p - c for c, p in zip(*times.values())]
print(f"a call costs more by {statistics.median(extra):.2f} us (median), {min(extra):.2f} (best): 5 are allowed")
try:
    import torch  # noqa: F401
except ImportError:
    print("SKIP: no PyTorch")
    sys.exit()
times = in_turn({
    "torch.optim.Adam, bare loop": lambda: bare_torch(3000),
    "torch.optim.Adam through the harness":
        lambda: through_the_harness(f"{SOURCE}/examples/torch_optim.py", "torch-adam", 3000),
})
for name, t in times.items():
    show(name, t)
bare, ours = map(statistics.median, times.values())
print(f"steps a second through the harness: {bare / ours:.2f} times those of the bare loop")
