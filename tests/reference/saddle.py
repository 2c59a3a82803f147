#!/usr/bin/python3
"""Trajectories of the methods on the saddle form, written from the papers' formulas with matrices.

    /usr/bin/python3 saddle.py > saddle.json

The function is fused-lasso:n=7,steps=2 from its start, which is its y (printed by nsobench run --record
x); K is the matrix of differences, and the graph projection of ADMM is a linear solve."""
import json

import numpy as np

Y = np.array([-1.441974816412137, -1.491247484399155, -0.9613309276294628, -0.9009932517236592, -1.2402796084120113, -1.293941036533096, -1.676317204816046])
LAMBDA, LAMBDA1, STEPS = 1.0, 0.3, (1, 2, 3, 10, 40)
K = np.diff(np.eye(len(Y)), axis=0)
NORM = 2.0  # the bound of |K| that the problem states


def prox_g(t, v):
    u = v + t * Y
    return np.sign(u) * np.maximum(np.abs(u) - t * LAMBDA1, 0) / (1 + t)


def prox_h(t, v):
    return np.sign(v) * np.maximum(np.abs(v) - t * LAMBDA, 0)


def project(v):  # prox of h*, for any step
    return np.clip(v, -LAMBDA, LAMBDA)


def pdhg(gamma=0.0, ergodic=False):
    x, y, tau, sigma, total, count = Y.copy(), np.zeros(len(K)), 1 / NORM, 1 / NORM, 0 * Y, 0
    bar = x
    while True:
        y = project(y + sigma * K @ bar)
        new = prox_g(tau, x - tau * K.T @ y)
        theta = 1 / np.sqrt(1 + 2 * gamma * tau)
        bar, x = new + theta * (new - x), new
        tau, sigma = theta * tau, sigma / theta
        total, count = total + x, count + 1
        yield total / count if ergodic else x


def admm(rho):
    x, z, u, w = Y, K @ Y, 0 * Y, np.zeros(len(K))
    inverse = np.linalg.inv(np.eye(len(Y)) + K.T @ K)
    while True:
        half, half_z = prox_g(1 / rho, x - u), prox_h(1 / rho, z - w)
        x = inverse @ (half + u + K.T @ (half_z + w))
        z = K @ x
        u, w = u + half - x, w + half_z - z
        yield half


def smoothing(mu):
    x, y, t, L = Y, Y, 1.0, NORM ** 2 / mu
    while True:
        new = prox_g(1 / L, y - K.T @ project(K @ y / mu) / L)
        after = (1 + np.sqrt(1 + 4 * t * t)) / 2
        y, x, t = new + (t - 1) / after * (new - x), new, after
        yield x


CASES = [("pdhg", "", pdhg()), ("pdhg", "answer=ergodic", pdhg(ergodic=True)),
         ("pdhg", "gamma=0.5", pdhg(gamma=0.5)), ("admm", "", admm(1.0)), ("admm", "rho=0.3", admm(0.3)),
         ("nesterov-smoothing", "", smoothing(0.01)), ("nesterov-smoothing", "mu=0.5", smoothing(0.5))]
cases = []
for optimizer, options, points in CASES:
    kept = {str(t): x.tolist() for t, x in zip(range(1, 41), points) if t in STEPS}
    cases.append({"optimizer": optimizer, "options": options, "x": kept})
print(json.dumps({"made by": "saddle.py", "problem_options": "n=7,steps=2", "start": Y.tolist(), "cases": cases},
                 indent=1))
