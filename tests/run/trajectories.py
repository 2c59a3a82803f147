"""trajectories.py A B TOLERANCE -- compares the iterates of two runs (--record x --trace all), cell by cell.
A method's name counts without a first word my- or torch-. Prints what differs and how many were compared."""
import json
import sys

import numpy as np


def key(r):
    """Problem, method, instance, seed and what else tells two cells apart."""
    name = r["optimizer"]["name"]
    for first in ("my-", "torch-"):
        name = name[len(first):] if name.startswith(first) else name
    return (r["problem"]["name"], r["problem"]["instance"], r["seed"], name,
            r["optimizer"]["options"].get("momentum", 0))


def read(folder):
    with open(f"{folder}/runs.jsonl") as file:
        return {key(r): r for r in map(json.loads, file)}


def difference(a, b):
    """Largest difference of the iterates, relative where they are above 1; inf where one ran on."""
    x, y = (np.array(r["trace"]["x"], float) for r in (a, b))
    if x.shape != y.shape or a["status"] != b["status"]:
        return np.inf
    with np.errstate(invalid="ignore"):
        return np.nanmax(abs(x - y) / np.maximum(1, abs(x)))


one, other, tolerance = read(sys.argv[1]), read(sys.argv[2]), float(sys.argv[3])
worst, bad = 0.0, 0
for k in sorted(one.keys() | other.keys()):
    far = difference(one[k], other[k]) if k in one and k in other else np.inf
    worst = max(worst, far)
    if not far <= tolerance:
        bad += 1
        print(k, far)
print(f"{len(one)} runs, {len({k[0] for k in one})} problems, largest difference {worst:.2g}")
sys.exit(bad > 0 or not one)
