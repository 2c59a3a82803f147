"""Methods written in Python: a decorated generator function or class becomes an optimizer.

    @nsobench.method
    def heavy_ball(f, x, lr=0.01, beta=0.9):
        v = 0 * x
        while True:
            _, g = f.subgradient(x)
            v *= beta
            v -= lr * f.rate * g
            x += v
            yield

x is the iterate, shape (n,), changed in place; each `yield` ends a step. Keyword parameters are the
method's options: their defaults and annotations give type, range and words.
"""
import inspect
import math
import typing

import numpy as np

from . import wire as w

methods = {}
_STATUS = {"continue": 0, "converged": 1, "stuck": 2, "failed": 3, "diverged": 4}


class Option(typing.NamedTuple):
    """An option with more than a default: a range, a help text, where the default comes from."""
    default: object
    min: float = -math.inf
    max: float = math.inf
    help: str = ""
    source: str = ""
    words: tuple = ()


def option(default, min=-math.inf, max=math.inf, help="", source="", words=()):
    """For a parameter's default: lr=nsobench.option(0.01, min=0, help="step size")."""
    return Option(default, min, max, help, source, tuple(words))


# ---------------------------------------------------------------------- options


def _number(v):
    return "auto" if v is None or v != v else repr(float(v))


class Parameter:
    """One option: how it is described, and how its value is read."""

    def __init__(self, name, default, annotation):
        self.name = name
        self.o = default if isinstance(default, Option) else Option(default)
        literal = typing.get_args(annotation) if typing.get_origin(annotation) is typing.Literal else ()
        value = self.o.default
        self.words = tuple(self.o.words or literal)
        self.bool = isinstance(value, bool)
        if self.bool:
            self.words = ("off", "on")
        self.text = not self.words and isinstance(value, str)
        whole = isinstance(value, int) and annotation is inspect.Parameter.empty
        self.integer = not self.words and not self.text and (annotation is int or whole)

    def describe(self):
        value = self.o.default
        if self.bool:
            value = self.words[value]
        elif not self.words and not self.text:
            value = _number(value)
        lines = [f"option {self.name} {value}"]
        if self.words:
            lines.append("words " + " ".join(self.words))
        elif self.text:
            lines.append("text")
        else:
            lines += [f"min {self.o.min!r}", f"max {self.o.max!r}"]
            lines += ["integer"] if self.integer else []
        lines += [f"{key} {text}" for key, text in (("help", self.o.help), ("source", self.o.source)) if text]
        return lines

    def read(self, text):
        if self.bool:
            return text == "on"
        if self.words or self.text:
            return text
        value = float(text)
        if value != value:
            return None
        return int(value) if self.integer else value


def parameters(function, skip):
    """The options of a function: its parameters but the first `skip` and those without a default."""
    found = {}
    try:
        hints = typing.get_type_hints(function)
    except Exception:  # annotations that do not resolve say nothing
        hints = {}
    for p in list(inspect.signature(function).parameters.values())[skip:]:
        if p.default is not p.empty and p.kind is not p.VAR_KEYWORD:
            found[p.name] = Parameter(p.name, p.default, hints.get(p.name, p.annotation))
    return found


def first_line(function):
    return (inspect.getdoc(function) or "").strip().split("\n")[0]


def one_line(text):
    return " ".join(str(text).split())


# ---------------------------------------------------------------------- the oracle


class Oracle:
    """The function as a method sees it; every call is counted and answered on the step's sample.

    n: dimension. rate: multiplier of the step size. step: number of the step. share: share of the terms
    in one sample. spent: nonzero when the budget is. optimum, smoothness, minimizer: where the method
    needs them and the problem knows them, else None. blocks: ends of a network's parameter tensors.
    rng: numpy's generator, seeded by the run.
    """

    def __init__(self, wire, number, facts):
        self._wire, self._head = wire, number << 32
        self.n = n = int(facts["n"])
        self.seed = int(facts["seed"])
        self.share = float(facts["share"])
        self.terms = int(facts.get("terms", 0))
        self.blocks = [int(end) for end in facts.get("blocks", str(n)).split()]
        self.optimum, self.smoothness = (self._known(facts, key) for key in ("optimum", "smoothness"))
        self.step, self.rate, self.spent = 0, 1.0, False
        self._rng = None
        stride = (8 * n + 63) // 64 * 64
        self._free = list(range(int(facts["vectors"]) - 1, 0, -1))
        self._stride = stride
        self._at = {}
        self.x = self._vector(0)
        self._query, self._answer = self.vector(), self.vector()
        self._answer_at = self._at[id(self._answer)][0]
        self.minimizer = self._vector(1).copy() if "minimizer" in facts else None
        self._columns = np.frombuffer(wire.memory, np.float64, 8, w.COLUMNS)
        self.reported = 0

    @staticmethod
    def _known(facts, key):
        value = float(facts.get(key, "nan"))
        return None if value != value else value

    def _vector(self, k):
        at = w.VECTORS + k * self._stride
        v = np.frombuffer(self._wire.memory, np.float64, self.n, at)
        self._at[id(v)] = (at, v)  # held, so that the id stays its own
        return v

    def vector(self):
        """An array (n,) in shared memory: as x or `out` of a call it costs no copy. At most five; what is
        in them holds until the step ends."""
        return self._vector(self._free.pop()) if self._free else np.empty(self.n)

    @property
    def rng(self):
        """numpy.random.Generator of this run."""
        if self._rng is None:
            self._rng = np.random.default_rng(self.seed)
        return self._rng

    def _place(self, x, query):
        known = self._at.get(id(x))
        if known is not None:
            return known[0]
        if np.shape(x) != (self.n,):
            raise ValueError(f"a point of shape {np.shape(x)}, expected ({self.n},)")
        query[:] = x
        return self._at[id(query)][0]

    def _ask(self, verb, a, b):
        wire = self._wire
        wire.exchange(verb | self._head, a, b)
        self.spent = wire.q[2] != 0
        return wire.d[4]

    def value(self, x):
        """f(x); costs one value. x: shape (n,)."""
        return self._ask(w.ASK_VALUE, self._place(x, self._query), 0)

    def _with_vector(self, verb, x, out):
        place = self._at.get
        at = place(id(x))
        at = at[0] if at is not None else self._place(x, self._query)
        to = place(id(out))
        if to is not None:
            return self._ask(verb, at, to[0]), out
        f = self._ask(verb, at, self._answer_at)
        if out is None:
            return f, self._answer.copy()
        out[:] = self._answer
        return f, out

    def subgradient(self, x, out=None):
        """(f(x), g), g one Clarke subgradient, shape (n,), new or written to out; one subgradient."""
        return self._with_vector(w.ASK_SUBGRADIENT, x, out)

    def smooth(self, x, out=None):
        """For f = s + h: (s(x), its gradient); costs one subgradient. Needs "prox"."""
        return self._with_vector(w.ASK_SMOOTH, x, out)

    def prox(self, t, v, out=None):
        """argmin_u h(u) + |u - v|^2/(2t), shape (n,); costs one prox. Needs "prox"."""
        self._wire.ud[4] = t
        return self._with_vector(w.ASK_PROX, v, out)[1]

    def _random(self, kind, out):
        out = np.empty(self.n) if out is None else out
        if out.size > self.n:
            raise ValueError(f"{out.size} numbers, expected at most {self.n} in one call")
        self._wire.uq[3] = out.size
        self._ask(w.ASK_RANDOM, self._answer_at, kind)
        self._wire.uq[3] = 0
        out[:] = self._answer[:out.size].reshape(out.shape)
        return out

    def normal(self, out=None):
        """Up to n standard normal numbers of the run's own stream, the one that methods in C draw from."""
        return self._random(1, out)

    def uniform(self, out=None):
        """The same, uniform in [0, 1)."""
        return self._random(0, out)

    def report(self, column, value):
        """Value of the method's trace column (its number) at this step."""
        self._columns[column] = value
        self.reported |= 1 << column


# ---------------------------------------------------------------------- methods


class Method:
    """A registered method: its description, and how a run of it begins."""

    def __init__(self, make, name, *, title=None, reference="", rule="", cost="1 subgradient",
                 group="plugged in", needs=("subgradient",), columns=(), options=None):
        self.make, self.name = make, name
        self.lines = [("title", title or name), ("reference", reference), ("rule", rule), ("cost", cost),
                      ("group", group), ("needs", needs if isinstance(needs, str) else " ".join(needs))]
        self.columns, self.options = tuple(columns), options or {}

    def describe(self):
        lines = [f"optimizer {self.name}"]
        lines += [f"{key} {one_line(value)}" for key, value in self.lines if value]
        lines += [f"column {name}" for name in self.columns]
        return lines + [line for o in self.options.values() for line in o.describe()]


def _generator_run(function):
    def make(f, x, **options):
        run = function(f, x, **options)
        return run.__next__, run.close
    return make


def _class_run(cls):
    def make(f, x, **options):
        self = cls(f, x, **options)
        return (lambda: self.step(f, x)), getattr(self, "close", lambda: None)
    return make


def method(function=None, *, name=None, **about):
    """Decorates a generator function (f, x, *, options...) or a class with __init__(f, x, options...) and
    step(f, x): registers it as an optimizer.

    about: title, reference, rule, cost, group, needs (words: subgradient value prox optimum lower-bound
    minimizer smoothness convexity random-numbers), columns (names of trace columns, see f.report).
    A step yields or returns None, an array that becomes x, or one of "converged", "stuck", "failed",
    "diverged"; a generator that ends has converged.
    """
    def register(thing):
        own = name or thing.__name__.replace("_", "-").lower()
        if inspect.isclass(thing):
            make, options = _class_run(thing), parameters(thing.__init__, 3)
        elif inspect.isgeneratorfunction(thing):
            make, options = _generator_run(thing), parameters(thing, 2)
        else:
            raise TypeError(f"{own}: expected a generator function (with yield) or a class with step")
        about.setdefault("rule", first_line(thing))
        w.expect_main()
        methods[own] = Method(make, own, options=options, **about)
        return thing
    return register if function is None else register(function)


class _Runs:
    """The runs that are under way."""

    def __init__(self):
        self.of = {}

    def begin(self, wire, number):
        facts, texts = w.read_lines(wire.text())
        m = methods[facts["entry"]]
        values = {key: m.options[key].read(text) for key, text in texts.items()}
        f = Oracle(wire, number, facts)
        self.of[number] = (f, *m.make(f, f.x, **values))
        wire.send(w.DONE, number)

    def step(self, wire, number):
        """The steps of one run, as long as it is asked for them; returns the head of the next frame."""
        f, step, _ = self.of[number]
        due, done = w.STEP | number << 32, w.DONE | number << 32
        while True:
            f.step, f.rate, f.reported = wire.q[1], wire.d[4], 0
            try:
                status = step()
            except StopIteration as end:
                status = end.value or "converged"
            if status is not None:
                status = self._status(status, f.x)
            head = wire.exchange(done, status or 0, f.reported)
            if head != due:
                return head

    @staticmethod
    def _status(status, x):
        if isinstance(status, str):
            if status not in _STATUS:
                raise ValueError(f"a step ended with '{status}', expected one of {', '.join(_STATUS)}")
            return _STATUS[status]
        if np.shape(status) != x.shape:
            raise ValueError(f"a step gave an x of shape {np.shape(status)}, expected {x.shape}")
        x[:] = status
        return 0

    def end(self, wire, number):
        run = self.of.pop(number, None)
        if run:
            run[2]()
        wire.send(w.DONE, number)


def handlers():
    runs = _Runs()
    return {w.BEGIN: runs.begin, w.STEP: runs.step, w.END: runs.end}
