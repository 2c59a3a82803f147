"""networks.py DIR TOLERANCE -- the loss of adamw and of torch-adamw along each pair of runs."""
import json
import sys

import numpy as np

runs = {}
with open(f"{sys.argv[1]}/runs.jsonl") as file:
    for r in map(json.loads, file):
        runs[r["problem"]["name"], r["sample"]["batch"], r["optimizer"]["name"]] = r
bad = 0
for (name, batch, method), r in runs.items():
    if method == "adamw":
        f, g = (np.array(q["trace"]["f"], float) for q in (r, runs[name, batch, "torch-adamw"]))
        far = abs(f - g).max() if f.shape == g.shape == (101,) else np.inf
        print(name, batch, far, "loss", f[0], "to", f[-1])
        bad += not (far <= float(sys.argv[2]) and f[-1] < f[0])
sys.exit(bad > 0 or not runs)
