"""Our methods beside those of SciPy and NLopt on the same functions: oracle calls and seconds until f - f* <= 1e-6.

    solvers.py BUILD SOURCE [PAGE]

One start, one processor. A call of ours is a value or a subgradient; SciPy and NLopt are asked for both at once, one
call. Their seconds hold Python and SciPy's or NLopt's own work without the function's; ours are the optimizer's own,
as the records have them. Writes the table to standard output and, if PAGE is given, between the lines
`<!-- table -->` and `<!-- end -->` of it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

BUILD, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
os.environ["NSOBENCH"] = os.path.join(BUILD, "nsobench")
sys.path.insert(0, os.path.join(SOURCE, "python"))
import nsobench  # noqa: E402  (its path is known only now)

TARGET, CALLS = 1e-6, 20000
SECONDS = 20.0  # of one solver on one function
OURS = ["proximal-bundle", "bfgs", "r-algorithm", "level-bundle"]
SMALL = ["cb2", "cb3", "maxquad", "nonsmooth-rosenbrock"]
SCALED = ["mxhilb", "chained-lq", "chained-cb3-1", "chained-cb3-2", "chained-crescent-1", "chained-crescent-2",
          "chained-mifflin2"]
MOST = {"SciPy SLSQP": 200}  # variables: a step costs n^3, minutes at 1000
FUNCTIONS = SMALL + [f"{name}:n={n}" for n in (50, 200, 1000) for name in SCALED]


class Reached(Exception):
    """The target, or the end of what a solver is allowed."""


class Counted:
    """A function for a foreign solver: counts its calls, leaves at the target, measures time outside of it."""

    def __init__(self, text):
        name, _, options = text.partition(":")
        self.f = nsobench.problem(name, **{k: float(v) for k, v in [o.split("=") for o in options.split(",") if o]})
        self.optimum = self.f.facts["optimum"]
        self.calls, self.best, self.inside = 0, float("inf"), 0.0
        self.began = time.process_time()

    def __call__(self, x):
        entered = time.process_time()
        self.calls += 1
        value, g = self.f.subgradient(np.ascontiguousarray(x, dtype=float))
        self.best = min(self.best, value - self.optimum)
        now = time.process_time()
        self.inside += now - entered
        if self.best <= TARGET or self.calls >= CALLS or now - self.began > SECONDS:
            raise Reached
        return value, np.array(g)

    def result(self):
        return self.calls if self.best <= TARGET else None, time.process_time() - self.began - self.inside, self.best


# A solver: called with a Counted and the start, it ends by Reached or by itself.


def scipy_solver(method, **options):
    from scipy.optimize import minimize

    return lambda f, x: minimize(f, x, jac=True, method=method, options=dict(maxiter=CALLS, **options))


def nlopt_solver(algorithm):
    import nlopt

    def solve(f, x):
        def value(x, g):
            v, at = f(x)
            if g.size:
                g[:] = at
            return v

        opt = nlopt.opt(getattr(nlopt, algorithm), len(x))
        opt.set_min_objective(value)
        opt.set_maxeval(CALLS)
        opt.optimize(x)

    return solve


def foreign():
    """Names and solvers of the libraries that are installed, and the names of those that are not."""
    solvers, missing = [], []
    try:
        import scipy

        solvers += [("SciPy BFGS", scipy_solver("BFGS", gtol=0)),
                    ("SciPy L-BFGS-B", scipy_solver("L-BFGS-B", ftol=0, gtol=0, maxfun=CALLS)),
                    ("SciPy SLSQP", scipy_solver("SLSQP", ftol=0))]
        print(f"SciPy {scipy.__version__}", file=sys.stderr)
    except ImportError:
        missing.append("SciPy")
    try:
        import nlopt

        solvers += [("NLopt L-BFGS", nlopt_solver("LD_LBFGS")), ("NLopt MMA", nlopt_solver("LD_MMA"))]
        print(f"NLopt {nlopt.__version__}", file=sys.stderr)
    except ImportError:
        missing.append("NLopt")
    return solvers, missing


def measure_foreign(name, solve, text):
    f = Counted(text)
    if f.f.n > MOST.get(name, f.f.n):
        return None, 0.0, None
    x = f.f.start(1)
    try:
        with np.errstate(all="ignore"):
            solve(f, x)
    except Exception:  # Reached, or the solver's own complaint: both end it, the calls so far stand
        pass
    return f.result()


def measure_ours(text):
    """{optimizer: (calls or None, seconds, gap)} from the records of one run."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [os.environ["NSOBENCH"], "run", "-P", text, "--target", str(TARGET), "--budget", str(CALLS), "-q",
                     "--timeout", str(SECONDS), "--seeds", "1", "--instances", "0", "-j", "1", "--force", "-o", folder]
        for name in OURS:
            arguments += ["-O", name]
        # code 1: a run did not end well, which its record says
        code = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        if code not in (0, 1):
            sys.exit(f"solvers.py: nsobench run ended with code {code}")
        found = {}
        with open(os.path.join(folder, "runs.jsonl"), encoding="utf-8") as lines:
            for line in lines:
                run = json.loads(line)
                gap = run["final"].get("best_gap")
                solved = gap is not None and gap <= TARGET
                seconds = run["seconds"].get("optimizer") or SECONDS
                found[run["optimizer"]["name"]] = run["work"] if solved else None, seconds, gap
        return found


def cell(result, first):
    calls, seconds, gap = result
    if gap is None or gap != gap:
        return "-" if calls is None and not seconds else f"over {SECONDS:.0f} s"
    if calls is None:
        return f"gap {gap:.0e}"
    text = f"{calls:.0f} ({seconds:.2g} s)"
    return f"**{text}**" if calls == first else text


def places(name, names, rows):
    """A sentence: how often `name` needs the fewest calls, how often the next fewest, of the functions that any solves."""
    place = []
    for row in rows:
        solved = sorted(r[0] for r in row if r[0] is not None)
        own = row[names.index(name)][0]
        if solved:
            place.append(None if own is None else solved.index(own) + 1)
    worse = sum(p is None or p > 2 for p in place)
    return (f"`{name}` needs the fewest calls on {place.count(1)}, the second fewest on {place.count(2)} of "
            f"{len(place)} functions that any method solved; it is behind on {worse}.")


def main():
    solvers, missing = foreign()
    names = OURS + [name for name, _ in solvers]
    lines = ["| function | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    rows = []
    for text in FUNCTIONS:
        ours = measure_ours(text)
        row = [ours.get(name, (None, 0.0, None)) for name in OURS]
        row += [measure_foreign(name, solve, text) for name, solve in solvers]
        rows.append(row)
        first = min([r[0] for r in row if r[0] is not None], default=None)
        lines.append(f"| {text} | " + " | ".join(cell(r, first) for r in row) + " |")
        print(lines[-1], file=sys.stderr, flush=True)
    lines.append("\n" + places(OURS[0], names, rows))
    if missing:
        lines.append("\nNot installed, not measured: " + ", ".join(missing) + ".")
    table = "\n".join(lines)
    print(table)
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as page:
            before, rest = page.read().split("<!-- table -->\n")
            after = rest.split("<!-- end -->\n")[1]
        with open(sys.argv[3], "w", encoding="utf-8") as page:
            page.write(f"{before}<!-- table -->\n{table}\n<!-- end -->\n{after}")


if __name__ == "__main__":
    main()
