#!/usr/bin/env python3
"""Adam, S-Adam and Polyak's step in numpy: the suite's own methods again, step for step."""
import numpy as np

import nsobench


def adam_step(x, g, m, v, t, lr, beta1, beta2, eps, keep=1.0, damp=1.0, eps_hat=False):
    """One update of Adam in place; x, g, m, v: shape (n,)."""
    m *= beta1
    m += (1 - beta1) * g
    v *= beta2
    v += (1 - beta2) * g * g
    bc1, bc2 = 1 - beta1 ** t, np.sqrt(1 - beta2 ** t)
    step = damp * (lr * bc2 / bc1 if eps_hat else lr / bc1)
    root = 1 if eps_hat else 1 / bc2
    x *= keep
    x -= step * m / (root * np.sqrt(v) + eps)


@nsobench.method(name="my-adam", title="Adam in Python", reference="Kingma, Ba 2015", group="adaptive")
def my_adam(f, x, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """x <- x - lr (m/(1-beta1^t)) / (sqrt(v/(1-beta2^t)) + eps)"""
    m, v = np.zeros_like(x), np.zeros_like(x)
    while True:
        _, g = f.subgradient(x)
        adam_step(x, g, m, v, f.step, lr * f.rate, beta1, beta2, eps)
        yield


@nsobench.method(name="my-polyak", title="Polyak in Python", reference="Polyak 1969", group="polyak",
                 needs="subgradient optimum", columns=["step_size"])
def my_polyak(f, x, f_star: float = None, relax=nsobench.option(1.0, min=0, max=2)):
    """x <- x - relax (f - f_star)/|g|^2 g"""
    target = f.optimum if f_star is None else f_star
    while True:
        value, g = f.subgradient(x)
        norm2 = g @ g
        if norm2 == 0:
            return "converged"
        h = relax * f.rate * max(value - target, 0) / norm2
        f.report(0, h)
        x -= h * g
        yield


@nsobench.method(name="my-s-adam", title="S-Adam in Python", reference="Xu et al. 2026, arXiv:2605.29547",
                 group="adaptive", needs="subgradient value random-numbers", columns=["lgi", "damp"],
                 cost="1 subgradient + k values")
class SAdam:
    """AdamW with its step times exp(-lambda min(LGI, cap))"""

    def __init__(self, f, x, lr=1e-3, k: int = nsobench.option(2, min=1), delta=0.01,
                 damping=nsobench.option(2.0, min=0, help="lambda"), weight_decay=1e-2):
        self.lr, self.k, self.delta, self.damping, self.decay = lr, k, delta, damping, weight_decay
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)
        self.u, self.y, self.g = np.empty_like(x), f.vector(), f.vector()

    def probe(self, f, x, base):
        """The difference quotient along a random direction."""
        u = f.normal(self.u)
        np.add(x, self.delta / (np.sqrt(u @ u) + 1e-12) * u, out=self.y)
        return (f.value(self.y) - base) / self.delta

    def lgi(self, f, x, base):
        """Variance of the probes over their mean square."""
        d = np.array([self.probe(f, x, base) for _ in range(self.k)])
        spread = d.var(ddof=1) if self.k > 1 else 0.0
        return 0.0 if spread == 0 else spread / ((d * d).mean() + 1e-6)

    def step(self, f, x):
        base, g = f.subgradient(x, out=self.g)
        lgi = self.lgi(f, x, base)
        damp = np.exp(-self.damping * min(lgi, 10))
        f.report(0, lgi)
        f.report(1, damp)
        lr = self.lr * f.rate
        adam_step(x, g, self.m, self.v, f.step, lr, 0.9, 0.999, 1e-8, 1 - lr * self.decay, damp, True)


nsobench.main()
