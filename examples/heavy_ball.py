#!/usr/bin/env python3
"""Heavy ball, Polyak 1964: the smallest method. nsobench run --plugin heavy_ball.py -O heavy-ball ..."""
import nsobench


@nsobench.method(title="Heavy ball", reference="Polyak 1964")
def heavy_ball(f, x, lr=0.01, beta=0.9):
    """x <- x - lr g + beta (x - x_before)"""
    before = x.copy()
    while True:
        _, g = f.subgradient(x)
        now = x.copy()
        x += beta * (x - before) - lr * f.rate * g
        before = now
        yield


nsobench.main()
