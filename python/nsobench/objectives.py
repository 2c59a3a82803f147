"""Problems written in Python: a decorated class becomes a problem of the suite.

    @nsobench.objective(formula="max_i |x_i|", traits="convex sharp")
    class TopCoordinate:
        def __init__(self, n: int = 10):
            self.n, self.optimum = n, 0.0
        def start(self, rng):
            return np.ones(self.n)
        def eval(self, x):
            i = np.argmax(abs(x))
            g = np.zeros(self.n)
            g[i] = np.sign(x[i])
            return abs(x[i]), g
"""
import inspect

import numpy as np

from . import wire as w
from .methods import first_line, one_line, parameters

objectives = {}
_FACTS = ("n", "terms", "optimum", "optimum_error", "lipschitz", "smoothness", "convexity", "pl",
          "sharpness", "weak_convexity", "term_smoothness", "traits")


class Objective:
    """A registered problem. make(rng, options...) returns an object with

    n (and what is known: terms, optimum, lipschitz, smoothness, ..., minimizer, blocks),
    start(rng) -> x (n,), eval(x) -> (f, g) with g one Clarke subgradient (n,), and where it is offered
    batch(terms, x) -> (f, g): mean over those terms; draw(rng): before each step of a sampled run;
    score(x) -> float; smooth(x) -> (s, gradient) and prox(t, v) -> u for f = s + h.
    value(x) -> f, where it is cheaper than eval; batch_value(terms, x) likewise.
    """

    def __init__(self, make, name, offers, *, title=None, reference="", formula="", group="plugged in",
                 traits="", instances="", score_name=None, options=None):
        words = [v if isinstance(v, str) else " ".join(v) for v in (traits, instances)]
        self.make, self.name, self.options = make, name, options or {}
        self.lines = [("title", title or name), ("reference", reference), ("formula", formula),
                      ("group", group), ("traits", words[0]), ("instances", words[1]),
                      ("offers", " ".join(offers))]
        if "score" in offers:
            self.lines.append(("score_name", score_name or "score"))

    def describe(self):
        lines = [f"problem {self.name}"]
        lines += [f"{key} {one_line(value)}" for key, value in self.lines if value]
        return lines + [line for o in self.options.values() for line in o.describe()]


def offered(cls):
    """What a class offers beyond eval."""
    found = [name for name in ("batch", "draw", "score") if hasattr(cls, name)]
    return found + (["prox"] if hasattr(cls, "smooth") and hasattr(cls, "prox") else [])


def objective(cls=None, *, name=None, **about):
    """Decorates a class as Objective describes it; a parameter `rng` of __init__ receives numpy's
    generator of the data, the others are the problem's options.

    about: title, reference, formula, group, traits (words of `nsobench list`), instances (what instances
    beyond 0 change: "shifted rotated redrawn"), score_name.
    """
    def register(thing):
        own = name or thing.__name__.replace("_", "-").lower()
        takes_rng = "rng" in inspect.signature(thing.__init__).parameters

        def make(rng, **options):
            return thing(rng=rng, **options) if takes_rng else thing(**options)
        about.setdefault("formula", first_line(thing))
        options = parameters(thing.__init__, 1)
        options.pop("rng", None)
        w.expect_main()
        objectives[own] = Objective(make, own, offered(thing), options=options, **about)
        return thing
    return register if cls is None else register(cls)


class _Function:
    """One instance and its vectors in shared memory."""

    def __init__(self, self_):
        self.it = self_
        self.n = int(self_.n)
        self.size = 0

    def views(self, wire):
        if self.size != wire.size:
            stride = (8 * self.n + 63) // 64 * 64
            self.x, self.g = (np.frombuffer(wire.memory, np.float64, self.n, w.VECTORS + k * stride)
                              for k in (0, 1))
            self.terms_at, self.size = w.VECTORS + 2 * stride, wire.size
        return self.x, self.g

    def put(self, to, vector, what):
        if np.shape(vector) != (self.n,):
            raise ValueError(f"{what} of shape {np.shape(vector)}, expected ({self.n},)")
        to[:] = vector


class _Functions:
    def __init__(self):
        self.of = {}

    def make(self, wire, number):
        facts, texts = w.read_lines(wire.text())
        o = objectives[facts["entry"]]
        values = {key: o.options[key].read(text) for key, text in texts.items()}
        it = o.make(np.random.default_rng(int(facts["seed"])), **values)
        self.of[number] = _Function(it)
        lines = []
        for key in _FACTS:
            value = getattr(it, key, None)
            if value is not None:
                if key == "optimum" and not hasattr(it, "optimum_error"):
                    lines.append("optimum_error 0")
                lines.append(f"{key} {value if isinstance(value, (str, int)) else repr(float(value))}")
        if len(getattr(it, "blocks", ())) > 1:
            lines.append("blocks " + " ".join(str(int(end)) for end in it.blocks))
        if getattr(it, "minimizer", None) is not None:
            lines.append("minimizer")
        wire.send_text(w.DONE, number, "\n".join(lines))

    def _done(self, wire, number, value=0.0):
        wire.ud[4] = value
        wire.send(w.DONE, number)

    def start(self, wire, number):
        f = self.of[number]
        x, _ = f.views(wire)
        f.put(x, f.it.start(np.random.default_rng(wire.q[1])), "a start")
        self._done(wire, number)

    def minimizer(self, wire, number):
        f = self.of[number]
        f.put(f.views(wire)[0], f.it.minimizer, "a minimizer")
        self._done(wire, number)

    def _answer(self, wire, number, f, g, wanted, both, value):
        """both() -> (f, g), value() -> f where there is a cheaper way."""
        if not wanted and value is not None:
            result = value()
        else:
            result, vector = both()
            if wanted:
                f.put(g, vector, "a gradient")
        if np.shape(result) != ():
            raise ValueError(f"a value of shape {np.shape(result)}, expected one number")
        self._done(wire, number, float(result))

    def eval(self, wire, number):
        f = self.of[number]
        x, g = f.views(wire)
        cheap = getattr(f.it, "value", None)
        self._answer(wire, number, f, g, wire.q[2], lambda: f.it.eval(x), cheap and (lambda: cheap(x)))

    def batch(self, wire, number):
        f = self.of[number]
        x, g = f.views(wire)
        terms = np.frombuffer(wire.memory, np.int64, wire.q[1], f.terms_at)
        cheap = getattr(f.it, "batch_value", None)
        self._answer(wire, number, f, g, wire.q[2], lambda: f.it.batch(terms, x),
                     cheap and (lambda: cheap(terms, x)))

    def smooth(self, wire, number):
        f = self.of[number]
        x, g = f.views(wire)
        self._answer(wire, number, f, g, 1, lambda: f.it.smooth(x), None)

    def prox(self, wire, number):
        f = self.of[number]
        x, g = f.views(wire)
        f.put(g, f.it.prox(wire.d[4], x), "a prox")
        self._done(wire, number)

    def score(self, wire, number):
        f = self.of[number]
        self._done(wire, number, float(f.it.score(f.views(wire)[0])))

    def draw(self, wire, number):
        self.of[number].it.draw(np.random.default_rng(wire.q[1]))
        self._done(wire, number)

    def free(self, wire, number):
        self.of.pop(number, None)
        self._done(wire, number)


def handlers():
    s = _Functions()
    return {w.MAKE: s.make, w.START: s.start, w.EVAL: s.eval, w.BATCH: s.batch, w.SMOOTH: s.smooth,
            w.PROX: s.prox, w.SCORE: s.score, w.DRAW: s.draw, w.MINIMIZER: s.minimizer, w.FREE: s.free}
