"""A problem as a function: by hand, in scipy, in torch.

Run: python3 examples/evaluate.py
"""

import numpy as np

import nsobench


def subgradient_method(f, steps=2000):
    """Shor's method with steps 1/sqrt(k) along normalised subgradients; returns the least value seen."""
    x = f.start(seed=1)
    best = f.value(x)
    for k in range(1, steps + 1):
        value, g = f.subgradient(x)
        best = min(best, value)
        x -= g / (np.linalg.norm(g) * np.sqrt(k) + 1e-300)
    return best


def main():
    f = nsobench.problem("maxquad")
    optimum = f.facts["optimum"]
    print(f"{f.facts['title']}: {f.facts['formula']}, n = {f.n}, f* = {optimum:.6f}")
    print(f"subgradient method   f - f* = {subgradient_method(f) - optimum:.2e}")

    hull = f.pieces(f.facts["minimizer"], tolerance=1e-6) if f.facts["minimizer"] is not None else []
    print(f"at the minimizer {len(hull)} subgradients span the Clarke subdifferential")

    try:
        from scipy.optimize import minimize
    except ImportError:
        print("scipy is not installed")
    else:
        found = minimize(f.subgradient, f.start(), jac=True, method="BFGS")
        print(f"scipy's BFGS         f - f* = {found.fun - optimum:.2e}")

    try:
        import torch
    except ImportError:
        print("torch is not installed")
    else:
        x = torch.tensor(f.start(), requires_grad=True)
        function, adam = f.torch(), torch.optim.Adam([x], lr=0.1)
        for _ in range(2000):
            adam.zero_grad()
            value = function(x)
            value.backward()
            adam.step()
        print(f"torch's Adam         f - f* = {f.value(x.detach().numpy()) - optimum:.2e}")


if __name__ == "__main__":
    main()
