#!/usr/bin/env python3
"""Heavy ball, Polyak 1964: the smallest method. nsobench run --plugin heavy_ball.py -O heavy-ball ..."""
import nsobench


@nsobench.method(title="Heavy ball", reference="Polyak 1964")
def heavy_ball(f, x, lr=0.01, beta=0.9):
    """v <- beta v - lr g; x <- x + v"""
    v = 0 * x
    while True:
        _, g = f.subgradient(x)
        v *= beta
        v -= lr * f.rate * g
        x += v
        yield


nsobench.main()
