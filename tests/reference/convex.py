#!/usr/bin/python3
"""Trajectories of the textbook methods of convex optimization, written from the papers' formulas.

    /usr/bin/python3 convex.py > convex.json

Functions, starts and steps are those of trajectories.py. The shortest way to each formula is taken, not
ours: matrices by numpy, mirror maps by their definition. Step 40 is left out where it is chaotic."""
import json
import sys

import numpy as np
from scipy.optimize import linprog, nnls

from trajectories import PROBLEMS, STEPS, amplification, trajectory


def ellipsoid(f, x0, o):
    n, best, x = len(x0), np.inf, np.array(x0)
    P = o.get("radius", 10 * (1 + np.linalg.norm(x0))) ** 2 * np.eye(n)
    while True:
        value, g = f(x)
        best, width = min(best, value), np.sqrt(g @ P @ g)
        a = (value - best) / width if o.get("cut") == "deep" else 0.0
        b = P @ g / width
        x = x - (1 + n * a) / (n + 1) * b
        if n == 1:
            P = P * ((1 - a) / 2) ** 2
        else:
            P = n ** 2 * (1 - a ** 2) / (n ** 2 - 1) * (
                P - 2 * (1 + n * a) / ((n + 1) * (1 + a)) * np.outer(b, b))
        yield x


class Model:
    """Cuts of f around x0; the least of their maximum over the box, by HiGHS."""
    def __init__(self, f, x0, o):
        self.f, self.x0, self.R, self.best = f, np.array(x0), o.get("radius", 10 * (1 + max(map(abs, x0)))), np.inf
        self.G, self.b, self.bound, self.done = [], [], -np.inf, False

    def see(self, x):
        value, g = self.f(x)
        self.best = min(self.best, value)
        self.G.append(g)
        self.b.append(value - g @ (x - self.x0))

    def minimise(self):
        n = len(self.x0)
        found = linprog([0] * n + [1], A_ub=[list(g) + [-1] for g in self.G], b_ub=-np.array(self.b),
                        bounds=[(-self.R, self.R)] * n + [(None, None)], method="highs")
        self.bound = max(self.bound, found.fun)
        self.done = self.done or self.best - self.bound <= 1e-10 * (1 + abs(self.best))
        return self.x0 + found.x[:n]


def cutting_plane(f, x0, o):
    model, x = Model(f, x0, o), np.array(x0)
    while True:
        if not model.done:
            model.see(x)
            ahead = model.minimise()
            x = x if model.done else ahead
        yield x


def level_bundle(f, x0, o):
    """The projection is a least-distance problem, solved as Lawson and Hanson do: by NNLS."""
    model, x = Model(f, x0, o), np.array(x0)
    while True:
        model.see(x)
        model.minimise()
        level = model.bound + o.get("lambda", 1 - 1 / np.sqrt(2)) * (model.best - model.bound)
        above = np.array(model.b) + np.array(model.G) @ (x - model.x0) - level
        E = np.vstack([-np.array(model.G).T, above])
        u, _ = nnls(E, np.eye(len(x) + 1)[-1])
        r = E @ u - np.eye(len(x) + 1)[-1]
        x = x - r[:-1] / r[-1]
        yield x


def dual_averaging(f, x0, o):
    """beta by its sum: beta(t + 1) = 1 + sum of 1/beta up to t."""
    seen, points, betas, w = [], [np.array(x0)], [1.0], []
    while True:
        g = f(points[-1])[1]
        w.append(1.0 if o.get("weights") == "simple" else 1 / np.linalg.norm(g))
        seen.append(w[-1] * g)
        mean = np.average(points, axis=0, weights=w)
        points.append(np.array(x0) - o.get("lr", 1) * sum(seen) / betas[-1])
        betas.append(1 + sum(1 / b for b in betas))
        yield mean if o.get("answer") == "mean" else points[-1]


def mirror_descent(f, x0, o):
    """In primal coordinates: theta = grad psi(x - x0), psi = |.|_p^2/2 with 1/p + 1/q = 1."""
    q = o.get("q") or max(2, 2 * np.log(len(x0)))
    beta, lr, x0 = o.get("beta", 1), o.get("lr", 0.1), np.array(x0)

    def norm_map(v, r):
        size = np.linalg.norm(v, r)
        return np.sign(v) * np.abs(v) ** (r - 1) / size ** (r - 2) if size else 0 * v
    z = 0 * x0
    while True:
        g = f(x0 + z)[1]
        if o.get("map") == "hypentropy":
            z = beta * np.sinh(np.arcsinh(z / beta) - lr * g)
        else:
            z = norm_map(norm_map(z, q / (q - 1)) - lr * g, q)
        yield x0 + z


def restarted_subgradient(f, x0, o):
    z, lr, period = np.array(x0), o.get("lr", 0.1), o.get("period", 100)
    while True:
        points = []
        for _ in range(period):
            z = z - lr * f(z)[1]
            points.append(z)
            yield z if o.get("answer") == "iterate" else np.mean(points, axis=0)
        z, lr = np.mean(points, axis=0), lr / o.get("alpha", 2)


def coordinate_descent(f, x0, o):
    x, t = np.array(x0), 0
    while True:
        g = f(x)[1]
        i = t % len(x) if o["order"] == "cyclic" else int(np.argmax(np.abs(g)))
        x, t = x - o["lr"] * g[i] * np.eye(len(x))[i], t + 1
        yield x


def arrays(method):
    def run(f, x0, o):
        return method(lambda x: (lambda value, g: (value, np.array(g)))(*f([float(v) for v in x])), x0, o)
    return run


CONVEX, SMOOTH = ["ellipse", "manhattan", "maxq"], ["ellipse", "valley"]
CASES = [
    (ellipsoid, "ellipsoid", {}, CONVEX),
    (ellipsoid, "ellipsoid", {"radius": 4, "cut": "deep"}, CONVEX),
    (ellipsoid, "ellipsoid", {"radius": 3}, ["absolute"]),
    (cutting_plane, "cutting-plane", {}, ["ellipse", "manhattan"]),
    (cutting_plane, "cutting-plane", {"radius": 2}, ["ellipse", "manhattan", "absolute"]),
    (cutting_plane, "cutting-plane", {"radius": 5}, ["manhattan"]),
    (level_bundle, "level-bundle", {"radius": 4}, CONVEX + ["absolute"]),
    (level_bundle, "level-bundle", {"radius": 6, "lambda": 0.7}, CONVEX),
    (dual_averaging, "dual-averaging", {}, CONVEX),
    (dual_averaging, "dual-averaging", {"weights": "simple", "lr": 0.1}, CONVEX),
    (dual_averaging, "dual-averaging", {"answer": "mean", "lr": 0.3}, CONVEX),
    (mirror_descent, "mirror-descent", {"lr": 0.03}, CONVEX),
    (mirror_descent, "mirror-descent", {"lr": 0.03, "q": 3}, CONVEX),
    (mirror_descent, "mirror-descent", {"lr": 0.03, "q": 1.5}, CONVEX),
    (mirror_descent, "mirror-descent", {"lr": 0.02, "map": "hypentropy"}, CONVEX),
    (mirror_descent, "mirror-descent", {"lr": 0.2, "map": "hypentropy", "beta": 0.1}, CONVEX),
    (restarted_subgradient, "restarted-subgradient", {"period": 7}, CONVEX),
    (restarted_subgradient, "restarted-subgradient", {"period": 7, "alpha": 3, "lr": 0.05, "answer": "iterate"},
     CONVEX),
    (restarted_subgradient, "restarted-subgradient", {"lr": 0.02}, CONVEX),
    (coordinate_descent, "coordinate-descent", {"lr": 0.05, "order": "cyclic"}, SMOOTH + ["manhattan", "maxq"]),
    (coordinate_descent, "coordinate-descent", {"lr": 0.05, "order": "greedy"}, SMOOTH + ["manhattan", "maxq"]),
]
PROBLEMS["absolute"] = (PROBLEMS["manhattan"][0], [1.037], False)


def main():
    lines = []
    for method, optimizer, options, problems in CASES:
        typed = ",".join("%s=%s" % pair for pair in options.items())
        for problem in problems:
            points = trajectory(arrays(method), problem, options)
            if str(max(STEPS)) not in points:
                sys.exit("%s:%s diverges on %s" % (optimizer, typed, problem))
            points = {t: x for t, x in points.items() if max(map(abs, x)) > 1e-6}  # its digits are rounding
            if str(max(STEPS)) in points and amplification(arrays(method), problem, options, points) > 1e6:
                del points[str(max(STEPS))]
            lines.append(json.dumps({"optimizer": optimizer, "options": typed, "problem": problem,
                                     "source": "naive", "x": points}))
    print('{"made by":"convex.py","problems":%s,"cases":[' % json.dumps(
        {name: {"start": start, "smooth": smooth} for name, (_, start, smooth) in PROBLEMS.items()}))
    print(",\n".join(lines))
    print("]}")


if __name__ == "__main__":
    main()
