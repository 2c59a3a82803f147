"""Problems as functions in this process: f(x), a subgradient, and all that is known of them.

Vectors are numpy arrays of float64, shape (n,); what is passed in may be anything that numpy makes such an
array of. Every result is a new array. The numbers are the program's, bit for bit.
"""

import ctypes
import json
import operator
import weakref
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from . import errors, library

_FLOAT = np.dtype(np.float64)
_SEEDS = 10**15  # as the program takes them
_NUMBERS = (
    "optimum optimum_error lipschitz smoothness term_smoothness convexity pl sharpness weak_convexity"
).split()


class Summand(NamedTuple):
    """One term of a Clarke subdifferential, base + the sum of its summands."""

    kind: str
    """"hull" of the rows; "ball": sum_a u_a row_a with |u| <= 1; "spectral": sum_{a<=b} W_ab row_ab with W
    positive semidefinite of that order and trace 1, rows (1,1), (1,2), ..., (1,r), (2,2), ..."""
    rows: np.ndarray
    """shape (k, n)"""
    order: int


_KINDS = ("hull", "ball", "spectral")


def _text(value: Any) -> str:
    """The value of an option as the program reads it; floats so that they read back the same."""
    if value is None:
        return "auto"
    if isinstance(value, (bool, np.bool_)):
        return "on" if value else "off"
    if isinstance(value, (float, np.floating)):
        return "auto" if value != value else repr(float(value))
    return str(value)


def typed(name: str, options: Dict[str, Any]) -> str:
    """NAME:opt=value,... as it is typed in a shell."""
    given = ",".join(f"{key}={_text(value)}" for key, value in options.items())
    return name + ("," if ":" in name else ":") + given if given else name


def _whole(what: str, value: Any, limit: int) -> int:
    number = operator.index(value)
    if not 0 <= number < limit:
        raise errors.UsageError(f"{what} {number}, expected 0 to {limit - 1}")
    return number


class Problem:
    """A function f: R^n -> R of nsobench, by its name and options. Made by :func:`problem`.

    A problem serves one thread at a time. It can be copied and pickled: the copy is opened anew.
    """

    def __init__(self, name: str, instance: int = 0, **options: Any):
        lib = library.load()
        handle = ctypes.c_void_p()
        self.text: str = typed(name, options)
        self.instance: int = _whole("instance", instance, 10**9)
        if "\0" in self.text:
            raise errors.UsageError(f"{self.text!r}: a name holds no NUL")
        code = lib.open(self.text.encode(), instance, ctypes.byref(handle))
        if code:
            reason = lib.error(handle).decode()
            lib.close(handle)
            raise errors.of_code(code, reason)
        self._handle = handle.value
        self._close = weakref.finalize(self, lib.close, self._handle)
        self.n: int = lib.dim(self._handle)
        self._shape = (self.n,)
        self._facts: Optional[Dict[str, Any]] = None
        # x is copied to where C sees it, g from there: the address of an array costs more than 8 kB copied
        self._x = np.zeros(self.n)
        self._g = np.zeros(self.n)
        self._at_x = self._x.ctypes.data
        self._at_g = self._g.ctypes.data
        self._lib = lib
        self._c_value = lib.value
        self._c_subgradient = lib.subgradient

    def __repr__(self) -> str:
        instance = f", instance={self.instance}" if self.instance else ""
        return f"nsobench.problem({self.text!r}{instance})  # n = {self.n}"

    def __reduce__(self):
        return Problem, (self.text, self.instance)

    # ------------------------------------------------------------------ in and out

    def _vector(self, x) -> np.ndarray:
        """x as float64 of shape (n,), or an error that says what it is instead."""
        x = np.asarray(x)
        if x.shape != self._shape:
            raise ValueError(f"{self.text}: a point of shape {x.shape}, expected ({self.n},)")
        if not np.can_cast(x.dtype, _FLOAT, "same_kind"):
            raise TypeError(f"{self.text}: a point of {x.dtype}, expected real numbers")
        return x.astype(_FLOAT)

    def _set(self, x) -> None:
        if x.__class__ is not np.ndarray or x.dtype is not _FLOAT or x.shape != self._shape:
            x = self._vector(x)
        self._x[:] = x

    def _fail(self) -> None:
        raise errors.UsageError(self._lib.error(self._handle).decode())

    # ------------------------------------------------------------------ values

    def start(self, seed: int = 1) -> np.ndarray:
        """The standard start, shape (n,). The seed counts only where the start is random."""
        self._lib.start(self._handle, _whole("seed", seed, _SEEDS), self._at_x)
        return self._x.copy()

    # _set is written out in the next two: a call of it costs 0.1 us

    def value(self, x) -> float:
        """f(x)."""
        if x.__class__ is not np.ndarray or x.dtype is not _FLOAT or x.shape != self._shape:
            x = self._vector(x)
        self._x[:] = x
        return self._c_value(self._handle, self._at_x)

    def subgradient(self, x) -> Tuple[float, np.ndarray]:
        """f(x) and one Clarke subgradient at x, shape (n,): for scipy with `jac=True`."""
        if x.__class__ is not np.ndarray or x.dtype is not _FLOAT or x.shape != self._shape:
            x = self._vector(x)
        self._x[:] = x
        return self._c_subgradient(self._handle, self._at_x, self._at_g), self._g.copy()

    __call__ = value
    fun = value
    """f(x), by scipy's name."""

    def jac(self, x) -> np.ndarray:
        """A Clarke subgradient at x, shape (n,), by scipy's name."""
        return self.subgradient(x)[1]

    def batch(self, terms: Sequence[int], x) -> Tuple[float, np.ndarray]:
        """For a mean of terms: value and subgradient of the mean over these, numbers from 0, repetitions
        allowed. Raises ValueError where the problem is no such mean."""
        terms = np.asarray(terms)
        if terms.ndim != 1 or (terms.size and not np.can_cast(terms.dtype, np.int64, "same_kind")):
            raise ValueError(f"{self.text}: terms are a list of whole numbers")
        if terms.size and terms.min() < 0:
            raise ValueError(f"{self.text}: term {terms.min()}, expected 0 or more")
        chosen = np.ascontiguousarray(terms, dtype=np.uintp)
        self._set(x)
        value = self._lib.batch(self._handle, chosen.size, chosen.ctypes.data, self._at_x, self._at_g)
        if value != value and self._lib.error(self._handle):
            self._fail()
        return value, self._g.copy()

    def draw(self, seed: int) -> None:
        """Draws what else is random in :meth:`batch` (a network's dropout), until the next draw; without
        a draw nothing is."""
        self._lib.draw(self._handle, _whole("seed", seed, _SEEDS))

    def smooth(self, x) -> Tuple[float, np.ndarray]:
        """For f = s + h: s(x) and its gradient, shape (n,)."""
        self._set(x)
        value = self._lib.smooth(self._handle, self._at_x, self._at_g)
        if value != value and self._lib.error(self._handle):
            self._fail()
        return value, self._g.copy()

    def prox(self, v, t: float = 1.0) -> np.ndarray:
        """For f = s + h: argmin_u h(u) + |u - v|^2/(2t), shape (n,), t > 0."""
        self._set(v)
        if self._lib.prox(self._handle, t, self._at_x, self._at_g):
            self._fail()
        return self._g.copy()

    def score(self, x) -> float:
        """What users judge by, `facts["score"]`: test accuracy, distance to the solution."""
        self._set(x)
        value = self._lib.score(self._handle, self._at_x)
        if value != value and self._lib.error(self._handle):
            self._fail()
        return value

    # ------------------------------------------------------------------ the subdifferential

    def _collect(self, x, tolerance: Optional[float]) -> None:
        self._set(x)
        tolerance = np.nan if tolerance is None else tolerance
        if self._lib.pieces(self._handle, self._at_x, tolerance):
            self._fail()

    def _rows(self, get: Callable, first: int, count: int) -> np.ndarray:
        rows = np.empty((count, self.n))
        for i in range(count):
            get(self._handle, first + i, rows[i].ctypes.data)
        return rows

    def pieces(self, x, tolerance: Optional[float] = None) -> np.ndarray:
        """Subgradients whose convex hull is the Clarke subdifferential at x, shape (k, n), of the pieces
        within `tolerance` of being active (absolute, in units of f; default 1e-8 (1 + |f(x)|)).

        Raises ValueError where the problem does not tell it, where it is no polytope, or where its
        vertices are more than 4,096: see :meth:`subdifferential`."""
        self._collect(x, tolerance)
        count = self._lib.vertices(self._handle)
        if not count:
            raise errors.UsageError(
                f"{self.text}: the subdifferential here is no hull of at most 4,096 points; "
                "subdifferential(x) has it as a sum"
            )
        return self._rows(self._lib.vertex, 0, count)

    def subdifferential(
        self, x, tolerance: Optional[float] = None
    ) -> Tuple[np.ndarray, List[Summand]]:
        """The Clarke subdifferential at x as base + summands: the base, shape (n,), and the list."""
        self._collect(x, tolerance)
        self._lib.base(self._handle, self._at_g)
        summands = []
        for i in range(self._lib.summands(self._handle)):
            s = self._lib.summand(self._handle, i)
            rows = self._rows(self._lib.row, s.first, s.rows)
            summands.append(Summand(_KINDS[s.kind], rows, s.order))
        return self._g.copy(), summands

    # ------------------------------------------------------------------ what is known

    @property
    def facts(self) -> Dict[str, Any]:
        """All that is known, None where it is unknown: name, title, group, formula, reference, offers,
        options, instance, n, terms, optimum (f*, within optimum_error), minimizer (array (n,)), lipschitz,
        smoothness, term_smoothness, convexity, pl, sharpness, weak_convexity, traits, score, blocks."""
        if self._facts is None:
            text = self._lib.facts(self._handle)
            if text is None:
                raise MemoryError(self._lib.error(self._handle).decode())
            self._facts = json.loads(text)
            for name in _NUMBERS:
                if self._facts[name] is not None:
                    self._facts[name] = float(self._facts[name])
            if self._facts["minimizer"] is not None:
                self._facts["minimizer"] = np.array(self._facts["minimizer"], dtype=float)
        return dict(self._facts)

    # ------------------------------------------------------------------ torch

    def torch(self) -> Callable:
        """f as a function of a tensor of shape (n,), differentiable by torch.autograd: backward() gives the
        Clarke subgradient. Computes in double on the CPU, whatever the tensor's type and place."""
        import torch

        class Value(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                value, g = self.subgradient(x.detach().cpu().double().numpy())
                ctx.save_for_backward(torch.from_numpy(g).to(x))
                return x.new_tensor(value)

            @staticmethod
            @torch.autograd.function.once_differentiable
            def backward(ctx, upstream):
                (g,) = ctx.saved_tensors
                return upstream * g

        return Value.apply


def problem(name: str, instance: int = 0, **options: Any) -> Problem:
    """The problem of that name: ``problem("maxq", n=50)``, or ``problem("maxq:n=50")`` as typed in a shell.

    Instance 0 is the textbook problem, others are shifted, rotated or have other data. Options are those of
    ``nsobench show NAME``; True and False are "on" and "off", None is "auto". A misspelt name, option or
    value raises UsageError (a ValueError) that names the nearest right one, a missing data file InputError.
    Data files lie where they are named or under $NSOBENCH_DATA."""
    return Problem(name, instance, **options)


def problems() -> List[str]:
    """The names of all problems."""
    lib = library.load()
    names: List[str] = []
    while (name := lib.problem(len(names))) is not None:
        names.append(name.decode())
    return names
