"""scipy.optimize.minimize's methods as rivals: one iteration of theirs is one step.

    nsobench.scipy.minimize("L-BFGS-B", maxcor=10)          # scipy-l-bfgs-b
"""
import threading

import scipy
import scipy.optimize

from .methods import Method, Option, Parameter, methods

# They ask for values only. COBYLA has no callback: each of its evaluations is a step.
_VALUES = {"nelder-mead", "powell", "cobyla"}
_BY_VALUE = {"cobyla"}
_UNLIMITED = 10 ** 9


class _Stop(BaseException):
    """Unwinds a minimization whose run is over; not an Exception, so that nothing in between takes it."""


class _Run:
    """The minimization runs in a thread of its own; it and the steps take turns, never both at once."""

    def __init__(self, which, f, x, tol, options):
        self.f, self.x, self.which, self.tol, self.options = f, x, which, tol, options
        self.values, self.by_value = which.lower() in _VALUES, which.lower() in _BY_VALUE
        self.go, self.back = threading.Semaphore(0), threading.Semaphore(0)
        self.over = False
        self.status = self.error = None
        self.thread = threading.Thread(target=self._work, daemon=True)

    # ---------------------------------------------------------------- in the thread

    def _pause(self):
        self.back.release()
        self.go.acquire()
        if self.over:
            raise _Stop

    def _function(self, x):
        value = self.f.value(x) if self.values else self.f.subgradient(x)
        if self.by_value:
            self.x[:] = x
        if self.f.spent:
            raise _Stop
        if self.by_value:
            self._pause()
        return value

    def _iteration(self, x, *_):
        self.x[:] = x
        self._pause()

    def _work(self):
        self.go.acquire()
        try:
            if not self.over:
                found = scipy.optimize.minimize(
                    self._function, self.x.copy(), method=self.which, jac=not self.values or None,
                    tol=self.tol, options=self.options, callback=None if self.by_value else self._iteration)
                self.x[:] = found.x
                self.status = "converged" if found.success else "stuck"
        except _Stop:
            pass
        except Exception as error:
            self.error = error
        self.over = True
        self.back.release()

    # ---------------------------------------------------------------- in the step

    def step(self):
        if not self.thread.ident:
            self.thread.start()
        if self.over:
            return "stuck"
        self.go.release()
        self.back.acquire()
        if self.error is not None:
            raise self.error
        return self.status

    def close(self):
        if self.thread.ident and not self.over:
            self.over = True
            self.go.release()
            self.back.acquire()


def minimize(which, *, name=None, title=None, **options):
    """Registers a method of scipy.optimize.minimize as scipy-NAME. options become the method's options,
    beside tol (auto: scipy's own). The number of iterations is the budget's alone."""
    own = name or "scipy-" + which.lower()
    values = which.lower() in _VALUES
    table = {"tol": Option(None, min=0, help="termination tolerance; auto: scipy's own")}
    table.update({key: value if isinstance(value, Option) else Option(value) for key, value in options.items()})

    def make(f, x, tol, **chosen):
        chosen["maxfun" if which.upper() == "TNC" else "maxiter"] = _UNLIMITED
        if which.lower() in ("nelder-mead", "powell"):
            chosen["maxfev"] = _UNLIMITED
        if which.upper() == "L-BFGS-B":
            chosen["maxfun"] = _UNLIMITED
        run = _Run(which, f, x, tol, chosen)
        return run.step, run.close
    methods[own] = Method(
        make, own, title=title or f"scipy {which}", reference=f"SciPy {scipy.__version__}",
        rule=f"scipy.optimize.minimize(method='{which}')",
        cost="its iteration's values" if values else "its iteration's subgradients",
        needs="value" if values else "subgradient",
        options={key: Parameter(key, o, type(o.default)) for key, o in table.items()})
