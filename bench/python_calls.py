"""What a call from Python costs over C, at n = 1,000: the best of 30 rounds. `make bench` runs it."""

import timeit

import nsobench


def cost(call, number=2000):
    return min(timeit.repeat(call, number=number, repeat=30)) / number * 1e6


def main():
    f = nsobench.problem("maxq", n=1000)
    x = f.start()
    calls = {
        "value": (lambda: f.value(x), lambda: f._c_value(f._handle, f._at_x)),
        "subgradient": (lambda: f.subgradient(x), lambda: f._c_subgradient(f._handle, f._at_x, f._at_g)),
    }
    nothing = cost(lambda: f._lib.dim(f._handle))
    for name, (python, bare) in calls.items():
        c = cost(bare) - nothing
        print(f"{name:12} {cost(python):.2f} us from Python, {c:.2f} us in C: {cost(python) - c:.2f} us over C")


if __name__ == "__main__":
    main()
