"""nsobench: benchmark and analysis of non-smooth optimizers.

>>> import nsobench
>>> f = nsobench.problem("maxq", n=50)        # a function, in this process
>>> x = f.start(seed=1)                       # array (50,)
>>> value, g = f.subgradient(x)               # f(x) and a subgradient, array (50,)
>>> runs = nsobench.run(problems="maxq:n=50", optimizers=["adam", "s-adam:lr=0.3"])
>>> runs.curves                               # what every run saw, point by point
>>> nsobench.read("nsobench-out/quick").plot()

A method or a problem of your own, in a file for `--plugin`: see `nsobench.method` and `nsobench.objective`;
torch's and scipy's: `import nsobench.torch`, `import nsobench.scipy`.

Everything is loaded when it is first used: `import nsobench` alone loads neither numpy nor the library.
"""

import importlib

__version__ = "0.1.0"

# Where each name of the package lives.
_HOMES = {
    "problem": "function",
    "problems": "function",
    "Problem": "function",
    "Summand": "function",
    "run": "runs",
    "read": "runs",
    "Runs": "runs",
    "Error": "errors",
    "UsageError": "errors",
    "InputError": "errors",
    "OutputError": "errors",
    "method": "methods",
    "option": "methods",
    "objective": "objectives",
    "main": "serve",
    "Refuse": "wire",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name):
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'nsobench' has no attribute {name!r}")
    value = getattr(importlib.import_module("." + home, __name__), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(set(globals()) | set(_HOMES))
