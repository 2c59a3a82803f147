"""PyTorch: its optimizers as methods, networks of your own as problems.

    nsobench.torch.optimizer("Adam")                        # torch-adam, with Adam's own options
    nsobench.torch.problem(make_model, loss, (inputs, targets), name="my-net")
"""
import inspect

import numpy as np
import torch

from .methods import Method, Option, Parameter, methods
from .objectives import Objective, objectives

# Arguments that are not the method's, and those that are whole numbers or words.
_SKIP = {"params", "foreach", "maximize", "capturable", "differentiable", "fused", "decoupled_weight_decay"}
_WHOLE = {"max_iter", "max_eval", "history_size"}
_WORDS = {"line_search_fn": ("none", "strong_wolfe")}
_PAIRS = {"betas": ("beta1", "beta2"), "etas": ("eta1", "eta2"), "step_sizes": ("step_min", "step_max")}
_DEFAULT_LR = 1e-3  # of SGD, which has none in older versions


class _Spent(Exception):
    """Leaves an optimizer that evaluates in a loop when the budget is spent."""


def _options(cls, changed):
    """The options of a torch optimizer: the numbers, switches and words of its constructor."""
    found = {}
    for name, p in inspect.signature(cls.__init__).parameters.items():
        if name in _SKIP or name == "self" or p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL):
            continue
        default = changed.get(name, p.default)
        source = "" if name in changed else "PyTorch"
        if name in _WORDS:
            found[name] = Option(default or "none", words=_WORDS[name], source=source)
        elif isinstance(default, tuple):
            names = _PAIRS.get(name, [f"{name}{i + 1}" for i in range(len(default))])
            for one, value in zip(names, default):
                found[one] = Option(float(value), source=source)
        elif isinstance(default, (bool, str)):
            found[name] = Option(default, source=source)
        elif isinstance(default, (int, float)):
            found[name] = Option(int(default) if name in _WHOLE else float(default), source=source)
        elif name == "lr":
            found[name] = Option(_DEFAULT_LR, min=0)
        elif default is None:
            found[name] = Option(None, source=source)
    return {name: Parameter(name, o, inspect.Parameter.empty) for name, o in found.items()}


def _arguments(cls, values):
    """The options' values as the constructor takes them."""
    given = {}
    for name, p in inspect.signature(cls.__init__).parameters.items():
        pair = _PAIRS.get(name, ())
        if name in values:
            given[name] = None if values[name] == "none" else values[name]
        elif pair and pair[0] in values:
            given[name] = tuple(values[one] for one in pair)
        elif isinstance(p.default, tuple) and f"{name}1" in values:
            given[name] = tuple(values[f"{name}{i + 1}"] for i in range(len(p.default)))
    return {name: value for name, value in given.items() if value is not None}


class _Run:
    """One run: parameters that are the iterate itself, gradients that are the oracle's answer."""

    def __init__(self, cls, f, x, values):
        self.f, self.x, self.g = f, x, f.vector()
        torch.manual_seed(f.seed)
        begin, parameters = 0, []
        for end in f.blocks:
            p = torch.nn.Parameter(torch.from_numpy(x[begin:end]))
            p.grad = torch.from_numpy(self.g[begin:end])
            parameters.append(p)
            begin = end
        self.optimizer = cls(parameters, **_arguments(cls, values))
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.rate = 1.0
        self.evaluated = 0

    def closure(self):
        if self.f.spent and self.evaluated:
            raise _Spent
        self.evaluated += 1
        return self.f.subgradient(self.x, out=self.g)[0]

    def step(self):
        if self.f.rate != self.rate:
            self.rate = self.f.rate
            for group, lr in zip(self.optimizer.param_groups, self.rates):
                group["lr"] = lr * self.rate
        self.evaluated = 0
        try:
            self.optimizer.step(self.closure)
        except _Spent:
            pass


def optimizer(which, *, name=None, title=None, **defaults):
    """Registers a torch.optim.Optimizer, by name ("Adam") or class, as the method torch-NAME. Its options
    are the constructor's (betas become beta1 and beta2); defaults changes some of them."""
    cls = getattr(torch.optim, which) if isinstance(which, str) else which
    own = name or "torch-" + cls.__name__.lower()

    def make(f, x, **values):
        run = _Run(cls, f, x, values)
        return run.step, lambda: None
    about = {"title": title or f"torch {cls.__name__}", "reference": f"PyTorch {torch.__version__}",
             "rule": f"torch.optim.{cls.__name__}" if cls.__module__.startswith("torch.") else "",
             "cost": "1 subgradient a call of the closure"}
    methods[own] = Method(make, own, options=_options(cls, defaults), **about)


# ---------------------------------------------------------------------- networks


def _is_dropout(module):
    return isinstance(module, torch.nn.modules.dropout._DropoutNd)


class Network:
    """A network's mean loss over its data as a function of the parameters, flattened tensor after tensor.

    All data: dropout is off, norms take the statistics of the data. A batch: dropout is on from the first
    draw on, with one mask from one draw to the next. Buffers (running statistics) are put back after each call: the loss is a
    function of the parameters alone.
    """

    chunk = 4096  # samples of the whole data that are evaluated at a time

    def __init__(self, model, loss, data, score=None, test=None, dtype=torch.float64):
        self.build = model
        self.loss, self.measure, self.dtype = loss, score, dtype
        self.inputs, self.targets = self._tensors(data)
        self.test = self._tensors(test) if test is not None else (self.inputs, self.targets)
        self._take(model if isinstance(model, torch.nn.Module) else self._fresh(0))
        self.n = sum(p.numel() for p in self.parameters)
        self.terms = len(self.inputs)
        self.blocks = np.cumsum([p.numel() for p in self.parameters]).tolist()
        self.mask = None

    def _tensors(self, data):
        inputs, targets = (torch.as_tensor(part) for part in data)
        if len(inputs) != len(targets):
            raise ValueError(f"{len(inputs)} inputs and {len(targets)} targets")
        return [t.to(self.dtype) if t.is_floating_point() else t for t in (inputs, targets)]

    def _fresh(self, seed):
        torch.manual_seed(seed)
        return self.build()

    def _take(self, model):
        self.model = model.to(self.dtype).train()
        self.parameters = [p for p in model.parameters() if p.requires_grad]
        self.dropouts = [m for m in model.modules() if _is_dropout(m)]
        self.buffers = [(b, b.clone()) for b in model.buffers()]

    def _flat(self, tensors):
        return torch.cat([t.detach().reshape(-1) for t in tensors]).to(torch.float64).numpy()

    def start(self, rng):
        """The weights of a new model; those of the model itself where one was given."""
        if not isinstance(self.build, torch.nn.Module):
            self._take(self._fresh(int(rng.integers(1 << 62))))
            return self._flat(self.parameters)
        if not hasattr(self, "first"):
            self.first = self._flat(self.parameters)
        return self.first

    def _set(self, x):
        begin = 0
        x = torch.from_numpy(x)
        with torch.no_grad():
            for p, end in zip(self.parameters, self.blocks):
                p.copy_(x[begin:end].view_as(p))
                begin = end

    def _mode(self, dropout):
        for module in self.dropouts:
            module.train(dropout)

    def _mean_loss(self, inputs, targets):
        value = self.loss(self.model(inputs), targets)
        with torch.no_grad():
            for buffer, old in self.buffers:
                buffer.copy_(old)
        return value

    def _gradient(self, value):
        return self._flat(torch.autograd.grad(value, self.parameters))

    def value(self, x):
        """The loss on all data."""
        self._set(x)
        self._mode(False)
        with torch.no_grad():
            return sum(float(self._mean_loss(i, t)) * len(i) for i, t in self._chunks()) / self.terms

    def _chunks(self):
        return zip(self.inputs.split(self.chunk), self.targets.split(self.chunk))

    def eval(self, x):
        """(loss, gradient) on all data."""
        self._set(x)
        self._mode(False)
        total, g = 0.0, 0.0
        for inputs, targets in self._chunks():
            value = self._mean_loss(inputs, targets)
            g = g + self._gradient(value) * (len(inputs) / self.terms)
            total += float(value.detach()) * len(inputs) / self.terms
        return total, g

    def draw(self, rng):
        """Another dropout mask, kept until the next draw."""
        self.mask = int(rng.integers(1 << 62))

    def _sampled(self, terms, x):
        self._set(x)
        self._mode(self.mask is not None)
        if self.dropouts and self.mask is not None:
            torch.manual_seed(self.mask)
        terms = torch.from_numpy(terms)
        return self._mean_loss(self.inputs[terms], self.targets[terms])

    def batch(self, terms, x):
        """(loss, gradient) on those samples."""
        value = self._sampled(terms, x)
        return float(value.detach()), self._gradient(value)

    def batch_value(self, terms, x):
        """The loss on those samples."""
        with torch.no_grad():
            return float(self._sampled(terms, x))

    def score(self, x):
        """What users judge by, on the test data."""
        self._set(x)
        self.model.eval()
        with torch.no_grad():
            value = self.measure(self.model(self.test[0]), self.test[1])
        self.model.train()
        return float(value)


def accuracy(outputs, targets):
    """Share of outputs whose largest entry is the target."""
    return (outputs.argmax(1) == targets).double().mean()


def problem(model, loss, data, *, name=None, score=None, score_name="score", test=None,
            dtype=torch.float64, traits=(), **about):
    """Registers a network as a problem.

    model: a function that makes a torch.nn.Module (its weights are drawn anew for each seed), or a module.
    loss(outputs, targets): mean over the samples, a scalar tensor. data: (inputs, targets), first axis
    the samples. score(outputs, targets), with score_name, on test or else data; for targets that are
    whole numbers the default is the accuracy. dtype: what the network computes in.
    """
    module = isinstance(model, torch.nn.Module)
    own = name or (type(model) if module else model).__name__.replace("_", "-").lower()
    if score is None and not torch.as_tensor(data[1]).is_floating_point():
        score, score_name = accuracy, "accuracy"
    offers = ["batch", "draw"] + (["score"] if score else [])
    words = ["stochastic", "network"] + ([] if module else ["random-start"]) + list(traits)

    def make(rng):
        return Network(model, loss, data, score, test, dtype)
    about.setdefault("formula", "mean loss of a network (PyTorch)")
    objectives[own] = Objective(make, own, offers, score_name=score_name,
                                                      group="network", traits=words, **about)
