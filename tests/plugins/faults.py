#!/usr/bin/env python3
"""Everything that goes wrong in programs, one method or problem each: what the harness must survive."""
import os
import signal
import sys
import time

import numpy as np

import nsobench

AFTER = 5  # steps that go well


def fault(act):
    """A method that walks downhill and does `act` in its sixth step."""
    @nsobench.method(name=act.__name__.replace("_", "-"))
    def walk(f, x):
        while True:
            _, g = f.subgradient(x)
            x -= 0.01 * g
            if f.step > AFTER:
                act(f, x)
            yield
    return act


@fault
def raises(f, x):
    raise ValueError("boom")


@fault
def sleeps(f, x):
    print("going to sleep", file=sys.stderr)
    time.sleep(3600)


@fault
def is_killed(f, x):
    print("the last words", file=sys.stderr)
    os.kill(os.getpid(), signal.SIGKILL)


@fault
def segfaults(f, x):
    os.kill(os.getpid(), signal.SIGSEGV)


@fault
def exits(f, x):
    os._exit(7)


@fault
def prints(f, x):
    if f.step == AFTER + 1:
        sys.stdout.write("x" * (1 << 20))
        sys.stdout.flush()


@fault
def wrong_shape(f, x):
    f.subgradient(np.zeros(len(x) + 1))


@fault
def writes_nan(f, x):
    x[1] = np.nan


@fault
def forks(f, x):
    if f.step == AFTER + 1:
        os.fork()  # two come back, one of them is not to be


@fault
def leaves_a_child(f, x):
    if f.step == AFTER + 1 and os.fork() == 0:
        time.sleep(3600)
    if f.step == AFTER + 2:
        os._exit(3)


@fault
def asks_what_there_is_not(f, x):
    f._ask(99, 0, 0)


@fault
def asks_out_of_memory(f, x):
    f._ask(41, 1 << 60, 1 << 60)


@fault
def miscounts(f, x):
    f._wire.sent += 5
    f.value(x)


@fault
def sends_rubbish(f, x):
    f._wire.socket.send(b"rubbish")
    time.sleep(3600)


@fault
def hogs(f, x):
    f.hoard = getattr(f, "hoard", []) + [np.ones(1 << 21)]
    time.sleep(0.03)


@nsobench.method(name="strange-status")
def strange_status(f, x):
    f.value(x)
    yield "finished"


@nsobench.method(name="wrong-x")
def wrong_x(f, x):
    f.value(x)
    yield x[:-1]


@nsobench.method(name="choosy")
class Choosy:
    """Refuses what it cannot take."""

    def __init__(self, f, x, p: float = 1.0):
        if p > 1:
            raise nsobench.Refuse(f"p is {p}, expected at most 1")

    def step(self, f, x):
        return "converged"


class Bowl:
    """|x|^2 / 2"""

    def __init__(self, n: int = 4):
        self.n, self.optimum = n, 0.0

    def start(self, rng):
        return np.ones(self.n)

    def eval(self, x):
        return x @ x / 2, x.copy()


nsobench.objective(Bowl, name="bowl")


@nsobench.objective(name="no-bowl")
class NoBowl(Bowl):
    def __init__(self, n: int = 4):
        raise RuntimeError("no such bowl")


@nsobench.objective(name="choosy-bowl")
class ChoosyBowl(Bowl):
    def __init__(self, n: int = 4):
        raise nsobench.Refuse("n must be even")


@nsobench.objective(name="broken-bowl")
class BrokenBowl(Bowl):
    def eval(self, x):
        return (x @ x / 2, x) if x[0] > 0.9 else (0.0, x[:-1])


@nsobench.objective(name="dying-bowl")
class DyingBowl(Bowl):
    def eval(self, x):
        if x[0] <= 0.9:
            print("goodbye", file=sys.stderr)
            os._exit(9)
        return x @ x / 2, x.copy()


@nsobench.objective(name="nan-bowl")
class NanBowl(Bowl):
    def eval(self, x):
        return (x @ x / 2, x) if x[0] > 0.9 else (np.nan, x)


@nsobench.objective(name="huge-bowl")
class HugeBowl(Bowl):
    def __init__(self, n: int = 4):
        self.n = -3


nsobench.main()
