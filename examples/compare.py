"""Three methods on a family of problems, from Python: runs, tables, a picture, a report.

Run: python3 examples/compare.py [FOLDER]
"""

import sys

import numpy as np

import nsobench


def main(folder):
    runs = nsobench.run(
        problems=["chained-lq:n=20", "maxquad", ("maxq", {"n": 20})],
        optimizers={"s-adam": {"lr": 0.3}, "adam": {"lr": 0.05}, "bfgs": {}},
        instances=range(3),
        budget=2000,
        output=folder,
        force=True,
    )
    print(runs)
    table = runs.runs
    for name in ("s-adam", "adam", "bfgs"):
        gaps = np.asarray(table["best_gap"])[np.asarray(table["optimizer"]) == name]
        print(f"{name:8} median best gap {np.median(gaps):.1e} over {len(gaps)} runs")
    print(f"{len(runs.curves)} points in all traces")
    print(runs.summary())
    try:
        print(runs.plot("convergence"))
        print(runs.report())
    except nsobench.OutputError as reason:  # gnuplot is missing
        print(reason)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "compare-out")
