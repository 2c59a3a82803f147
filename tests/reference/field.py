#!/usr/bin/python3
"""Trajectories of the methods since 2020 from their official codes, in the manner of trajectories.py.

    /usr/bin/python3 field.py FOLDER > field.json

FOLDER holds checkouts named OWNER+NAME of https://github.com/OWNER/NAME at the commits of COMMITS; what is
missing of them stops the script. Nothing of them is copied: they are run here, in float64 (PyTorch 1.13
when the numbers were made), and what does not load with that PyTorch is taken out of its file by name.
Methods without public code, or with code that cannot be had as a repository, are naive loops (source
"naive"). Draws are switched off on both sides: fractions are fixed, scalings 1, directions signs where
their sign does not matter."""
import ast
import importlib.util
import json
import math
import os
import sys
import types

import numpy
import torch

from trajectories import PROBLEMS, STEPS, amplification, dot, norm, plus, sign, trajectory

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "."
COMMITS = {
    "AGI-Arena+MARS": "4831e28", "COR-OPT+ntd.py": "c659076", "Liuhong99+Sophia": "a7e1572",
    "MarlonBecker+MSAM": "780fa4f", "SamsungLabs+ASAM": "f156a68", "apple+ml-ademamix": "c3d73c0",
    "KellerJordan+Muon": "857d1ad", "nikhilvyas+SOAP": "a1e5535",
    "davda54+sam": "3c3afdb", "dimitris-oik+sam_sps": "82d83c0", "iShohei220+adopt": "6468572",
    "juntang-zhuang+GSAM": "a770275", "kyleliang919+C-Optim": "ccadd18", "nblt+F-SAM": "2e2f989",
    "sail-sg+Adan": "2c65bea", "facebookresearch+dadaptation": "c984980", "oval-group+ali-g": "c40de14",
    "IssamLaradji+sps": "6d112a1",
}
ELLIPSE, SMOOTH, SEPARABLE = ["ellipse"], ["ellipse", "valley"], ["ellipse", "manhattan", "maxq"]


# ---------------------------------------------------------------- loading
def path(repository, name):
    return os.path.join(FOLDER, repository, name)


def module(repository, name):
    torch.compile = getattr(torch, "compile", lambda f=None, **_: f or (lambda g: g))
    spec = importlib.util.spec_from_file_location("official_" + name.replace("/", "_")[:-3], path(repository, name))
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def piece(repository, name, what, **names):
    """One function or class of a file that does not load as a whole."""
    with open(path(repository, name)) as file:
        tree = ast.parse(file.read())
    tree.body = [node for node in tree.body if getattr(node, "name", None) == what]
    for node in tree.body:
        node.decorator_list = []
    import typing
    scope = dict(vars(typing), torch=torch, math=math, nn=torch.nn, Tensor=torch.Tensor,
                 Optimizer=torch.optim.Optimizer, warnings=__import__("warnings"),
                 print=lambda *_: None, **names)
    exec(compile(tree, name, "exec"), scope)
    return scope[what]


# ---------------------------------------------------------------- PyTorch's optimizers
def parameter(x0):
    return torch.nn.Parameter(torch.tensor(x0, dtype=torch.float64))


def slope(f, p):
    """The gradient at p goes to p.grad; the value."""
    value, g = f(p.detach().tolist())
    p.grad = torch.tensor(g, dtype=torch.float64)
    return torch.tensor(value, dtype=torch.float64)


def plain(make):
    """Optimizers that step along p.grad."""
    def run(f, x0, o):
        p = parameter(x0)
        method = make(p, o)
        while True:
            slope(f, p)
            method.step()
            yield p.detach().tolist()
    return run


def base(o):
    """Class and arguments of the base optimizer."""
    if o.get("base") == "adam":
        return torch.optim.AdamW, dict(lr=o.get("lr", 1e-3), weight_decay=o.get("weight_decay", 0))
    return torch.optim.SGD, dict(lr=o.get("lr", 0.1), momentum=o.get("momentum", 0.9),
                                 weight_decay=o.get("weight_decay", 0))


def with_weight(x0):
    model = torch.nn.Module()
    model.weight = parameter(x0)
    return model


def asam(f, x0, o):
    model = with_weight(x0)
    kind, arguments = base(o)
    optimizer = kind([model.weight], **arguments)
    method = module("SamsungLabs+ASAM", "asam.py").ASAM(optimizer, model, rho=o.get("rho", 0.5),
                                                        eta=o.get("eta", 0.01))
    while True:
        slope(f, model.weight)
        method.ascent_step()
        slope(f, model.weight)
        method.descent_step()
        yield model.weight.detach().tolist()


def two_steps(make):
    """Methods with a first step up and a second one."""
    def run(f, x0, o):
        p = parameter(x0)
        kind, arguments = base(o)
        method = make(p, kind, arguments, o)
        while True:
            slope(f, p)
            method.first_step()
            slope(f, p)
            method.second_step()
            yield p.detach().tolist()
    return run


def adaptive_sam(p, kind, arguments, o):
    return module("davda54+sam", "sam.py").SAM([p], kind, rho=o["rho"], adaptive=True, **arguments)


def friendly(p, kind, arguments, o):
    return piece("nblt+F-SAM", "utils.py", "FriendlySAM")(
        [p], kind, rho=o.get("rho", 0.05), sigma=o.get("sigma", 1), lmbda=o.get("lambda", 0.9), **arguments)


def gsam(f, x0, o):
    spec = importlib.util.spec_from_file_location("gsam", path("juntang-zhuang+GSAM", "gsam/__init__.py"),
                                                  submodule_search_locations=[path("juntang-zhuang+GSAM", "gsam")])
    package = importlib.util.module_from_spec(spec)
    sys.modules["gsam"] = package
    spec.loader.exec_module(package)
    model = with_weight(x0)
    kind, arguments = base(o)
    radius = types.SimpleNamespace(step=lambda: o.get("rho", 0.05))
    method = package.GSAM([model.weight], kind([model.weight], **arguments), model,
                          gsam_alpha=o.get("alpha", 0.4), rho_scheduler=radius)

    def closure():
        return None, slope(f, model.weight)
    while True:
        method.step(closure)
        yield model.weight.detach().tolist()


def looksam(f, x0, o):
    for name in ("utility", "utility.args", "utility.loss"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["utility.args"].Args = types.SimpleNamespace(add_argument=lambda *_, **__: None)
    sys.modules["utility.loss"].smooth_crossentropy = None
    p = parameter(x0)
    method = module("MarlonBecker+MSAM", "optimizer/looksam.py").LookSAM(
        [p], lr=o["lr"], momentum=o.get("momentum", 0.9), weight_decay=o.get("weight_decay", 0),
        rho=o.get("rho", 0.1), alpha=o.get("alpha", 0.7), k=o.get("k", 10))
    t = 0
    while True:
        slope(f, p)
        if t % method.k == 0:
            method.move_up()
            slope(f, p)
            method.move_back()
        else:
            method.update_gradient()
        method.SGD_step()
        t += 1
        yield p.detach().tolist()


def momentum_sam(f, x0, o):
    p = parameter(x0)
    if o.get("base") == "adam":
        method = module("MarlonBecker+MSAM", "optimizer/adamW_msam.py").AdamW_MSAM(
            [p], lr=o.get("lr", 1e-3), weight_decay=0, rho=o.get("rho", 0.3))
    else:
        method = module("MarlonBecker+MSAM", "optimizer/msam.py").MSAM(
            [p], lr=o.get("lr", 0.1), momentum=o.get("momentum", 0.9), weight_decay=o.get("weight_decay", 0),
            rho=o.get("rho", 0.3))
    while True:
        slope(f, p)
        method.step()
        method.move_back_from_momentumAscent()
        yield p.detach().tolist()
        method.move_up_to_momentumAscent()


def scheduler_rivals(name, *arguments):
    """methods_ada.py keeps its points for itself: they pass through loss.func."""
    def run(f, x0, o):
        seen = []

        def func(x, _):
            seen.append(x)
            return 0.0
        loss = types.SimpleNamespace(n=1, func=func, grad=lambda x, _: numpy.array(f(list(x))[1]))
        steps = list(range(max(STEPS) + 1))
        known = dict(zip(("lr", "rho", "beta1", "beta2", "eps"), arguments))
        values = [o.get(key, value) for key, value in known.items()]
        if name == "SA_SAM":
            values = [o.get("lr", 0.1)]
        getattr(module("dimitris-oik+sam_sps", "numpy_exps/methods_ada.py"), name)(
            loss, 1, steps, numpy.array(x0), *values)
        for x in seen[1:]:
            yield [float(v) for v in x]
    return run


def adopt(f, x0, o):
    torch._utils.is_compiling = lambda: False
    step = piece("iShohei220+adopt", "src/adopt/adopt.py", "_single_tensor_adopt", _get_value=lambda t: t.item())
    p, m, v, t = parameter(x0), torch.zeros(len(x0), dtype=torch.float64), None, torch.tensor(0.0)
    v = torch.zeros_like(m)
    clip = None if o.get("clip") == "off" else lambda steps: steps ** 0.25
    while True:
        slope(f, p)
        with torch.no_grad():
            step([p], [p.grad], [m], [v], [t], None, None, has_complex=False, beta1=o.get("beta1", 0.9),
                 beta2=o.get("beta2", 0.9999), lr=o.get("lr", 1e-3), clip_lambda=clip,
                 weight_decay=o.get("weight_decay", 0), decouple=o.get("decouple") == "on",
                 eps=o.get("eps", 1e-6), maximize=False, capturable=False, differentiable=False)
        yield p.detach().tolist()


def ademamix(p, o):
    return module("apple+ml-ademamix", "pytorch/ademamix.py").AdEMAMix(
        [p], lr=o.get("lr", 1e-3), betas=(o.get("beta1", 0.9), o.get("beta2", 0.999), o.get("beta3", 0.9999)),
        alpha=o.get("alpha", 2.0), beta3_warmup=o.get("beta3_warmup"), alpha_warmup=o.get("alpha_warmup"),
        eps=o.get("eps", 1e-8), weight_decay=o.get("weight_decay", 0))


def adan(p, o):
    return module("sail-sg+Adan", "adan.py").Adan(
        [p], lr=o.get("lr", 1e-3), betas=(o.get("beta1", 0.98), o.get("beta2", 0.92), o.get("beta3", 0.99)),
        eps=o.get("eps", 1e-8), weight_decay=o.get("weight_decay", 0), max_grad_norm=0.0,
        no_prox=o.get("no_prox") == "on", foreach=False)


def mars(p, o):
    return module("AGI-Arena+MARS", "MARS/optimizers/mars.py").MARS(
        [p], lr=o.get("lr", 3e-3), betas=(o.get("beta1", 0.95), o.get("beta2", 0.99)), eps=o.get("eps", 1e-8),
        weight_decay=o.get("weight_decay", 0), gamma=o.get("gamma", 0.025), optimize_1d=True,
        mars_type="mars-" + o.get("variant", "adamw"))


def mars_exact(f, x, o):
    lr, b1, b2, gamma = o.get("lr", 3e-3), 0.95, 0.99, o.get("gamma", 0.025)
    m, v, last, t = [0.0] * len(x), [0.0] * len(x), x, 0
    while True:
        g, before, t = f(x)[1], f(last)[1], t + 1
        c = plus(g, gamma * b1 / (1 - b1), plus(g, -1, before))
        c = [a / max(1, norm(c)) for a in c]
        m = [b1 * a + (1 - b1) * b for a, b in zip(m, c)]
        v = [b2 * a + (1 - b2) * b * b for a, b in zip(v, c)]
        last = x
        x = [a - lr / (1 - b1 ** t) * b / (math.sqrt(d / (1 - b2 ** t)) + 1e-8) for a, b, d in zip(x, m, v)]
        yield x


def cautious_adamw(p, o):
    made = piece("kyleliang919+C-Optim", "c_adamw.py", "AdamW", require_version=lambda *_: None)
    return made([p], lr=o.get("lr", 1e-3), eps=o.get("eps", 1e-6), weight_decay=o.get("weight_decay", 0),
                no_deprecation_warning=True)


def cautious_paper(f, x, o):
    lr, b1, b2, eps = o.get("lr", 1e-3), 0.9, 0.999, o.get("eps", 1e-6)
    m, v, t = [0.0] * len(x), [0.0] * len(x), 0
    while True:
        g, t = f(x)[1], t + 1
        m = [b1 * a + (1 - b1) * b for a, b in zip(m, g)]
        v = [b2 * a + (1 - b2) * b * b for a, b in zip(v, g)]
        agree = [a * b > 0 for a, b in zip(m, g)]
        scale = lr * len(x) / (sum(agree) + 1) * math.sqrt(1 - b2 ** t) / (1 - b1 ** t)
        x = [a - (scale * b / (math.sqrt(c) + eps) if d else 0) for a, b, c, d in zip(x, m, v, agree)]
        yield x


def cautious_lion(p, o):
    return module("kyleliang919+C-Optim", "c_lion.py").Lion(
        [p], lr=o.get("lr", 1e-4), betas=(o.get("beta1", 0.95), o.get("beta2", 0.98)),
        weight_decay=o.get("weight_decay", 0))


def sophia_squares(f, x0, o):
    p = parameter(x0)
    method = module("Liuhong99+Sophia", "sophia.py").SophiaG(
        [p], lr=o.get("lr", 1e-4), betas=(o.get("beta1", 0.965), o.get("beta2", 0.99)), rho=o.get("gamma", 0.05),
        weight_decay=o.get("weight_decay", 0.1))
    t = 0
    while True:
        slope(f, p)
        if t % o.get("k", 10) == 0:
            method.update_hessian()
        method.step(bs=1)
        t += 1
        yield p.detach().tolist()


def sophia(f, x, o):
    """Algorithm 3 where signs do not matter: functions without mixed second derivatives."""
    lr, b1, b2, gamma, wd = o.get("lr", 1e-4), 0.965, 0.99, o.get("gamma", 0.01), o.get("weight_decay", 0.1)
    m, h, t, delta = [0.0] * len(x), [0.0] * len(x), 0, o.get("delta", 1e-4)
    while True:
        g = f(x)[1]
        if t % o.get("k", 10) == 0:
            there = f([a + delta for a in x])[1]
            h = [b2 * a + (1 - b2) * (b - c) / delta for a, b, c in zip(h, there, g)]
        m = [b1 * a + (1 - b1) * b for a, b in zip(m, g)]
        x = [a - lr * wd * a - lr * max(-1, min(1, b / max(gamma * c, 1e-12))) for a, b, c in zip(x, m, h)]
        t += 1
        yield x


def signum(f, x, o):
    m, beta, lr = [0.0] * len(x), o.get("momentum", 0.9), o.get("lr", 1e-4)
    while True:
        g = f(x)[1]
        m = [beta * a + (1 - beta) * b for a, b in zip(m, g)]
        x = [a - lr * (sign(b) + o.get("weight_decay", 0) * a) for a, b in zip(x, m)]
        yield x


def friendly_paper(f, x, o):
    lr, rho, sigma, lam = o.get("lr", 0.1), o.get("rho", 0.05), o.get("sigma", 1), o.get("lambda", 0.9)
    m, b = [0.0] * len(x), [0.0] * len(x)
    while True:
        g = f(x)[1]
        m = [lam * p + (1 - lam) * q for p, q in zip(m, g)]
        d = plus(g, -sigma, m)
        b = plus(f(plus(x, rho / norm(d), d))[1], 0.9, b)
        x = plus(x, -lr, b)
        yield x


def sps_safe(f, x, o):
    while True:
        value, g = f(x)
        gamma = (value - o["f_star"]) / max(dot(g, g), o.get("m", 1))
        x = plus([(1 - o.get("weight_decay", 0) * gamma) * a for a in x], -gamma, g)
        yield x


def ima_sps_safe(f, x, o):
    z, lam, least = x, o.get("lambda", 1), o.get("m", 1)
    while True:
        value, g = f(x)
        least = least or dot(g, g)
        gamma = max(value - o["f_star"] + dot(g, plus(z, -1, x)), 0) / max(dot(g, g), least)
        z = plus(z, -gamma, g)
        x = [(lam * a + b) / (1 + lam) for a, b in zip(x, z)]
        yield x


# ---------------------------------------------------------------- older methods whose code does otherwise
def d_adapt_sgd(p, o):
    return module("facebookresearch+dadaptation", "dadaptation/dadapt_sgd.py").DAdaptSGD(
        [p], lr=o.get("lr", 1.0), momentum=o.get("momentum", 0), weight_decay=o["weight_decay"])


def with_value(make):
    """Optimizers that are told f - f_star."""
    def run(f, x0, o):
        p = parameter(x0)
        method = make(p, o)
        while True:
            method.step(lambda: slope(f, p) - o["f_star"])
            yield p.detach().tolist()
    return run


def ali_g(p, o):
    return piece("oval-group+ali-g", "alig/th/alig.py", "AliG", optim=torch.optim)(
        [p], max_lr=o.get("lr", 0.1), momentum=o.get("momentum", 0))


def sps(p, o):
    return module("IssamLaradji+sps", "sps/sps.py").Sps([p], n_batches_per_epoch=1, c=o.get("c", 0.5), eps=o["eps"])


# ---------------------------------------------------------------- matrices
TARGET = [[1, 0.5, -0.3], [0.2, -0.7, 0.4], [-0.6, 0.1, 0.9]]
SHIFT = [0.5, -0.25, 1.0]
SHAPES = [(2, 3), (3, 2), (3,)]


def two_layers(x):
    """|W2 W1 - TARGET|^2/2 + sum_i i (b_i - SHIFT_i)^2/2: two matrices and a vector."""
    one, two, b = [x[0:3], x[3:6]], [x[6:8], x[8:10], x[10:12]], x[12:15]
    error = [[sum(two[i][k] * one[k][j] for k in range(2)) - TARGET[i][j] for j in range(3)] for i in range(3)]
    value = sum(e * e for row in error for e in row) / 2
    value += sum((i + 1) * (b[i] - SHIFT[i]) ** 2 for i in range(3)) / 2
    g = [sum(two[i][k] * error[i][j] for i in range(3)) for k in range(2) for j in range(3)]
    g += [sum(error[i][j] * one[k][j] for j in range(3)) for i in range(3) for k in range(2)]
    return value, g + [(i + 1) * (b[i] - SHIFT[i]) for i in range(3)]


PROBLEMS["two-layers"] = (two_layers, [0.9 - 0.17 * i + 0.05 * (i % 4) for i in range(15)], True)
MATRICES = ["two-layers"]


def tensors(make):
    """Optimizers of several tensors, in double where the code asks for less. (The second gradient of SOAP is
    the first: what it has in the null space of L and R is rounding, which an eps of 1e-8 would show.)"""
    def run(f, x0, o):
        torch.Tensor.bfloat16 = torch.Tensor.float = lambda self: self
        torch.set_default_dtype(torch.float64)
        parts = torch.tensor(x0, dtype=torch.float64).split([math.prod(shape) for shape in SHAPES])
        p = [torch.nn.Parameter(part.reshape(shape).clone()) for part, shape in zip(parts, SHAPES)]
        method = make(p, o)
        while True:
            flat = [v for q in p for v in q.detach().flatten().tolist()]
            g = torch.tensor(f(flat)[1], dtype=torch.float64).split([q.numel() for q in p])
            for q, part in zip(p, g):
                q.grad = part.reshape(q.shape).clone()
            method.step()
            yield [v for q in p for v in q.detach().flatten().tolist()]
    return run


def muon(p, o):
    matrices = dict(params=p[:2], use_muon=True, lr=o.get("lr", 0.02), momentum=o.get("momentum", 0.95),
                    weight_decay=o.get("weight_decay", 0))
    others = dict(params=p[2:], use_muon=False, lr=o.get("adam_lr", 3e-4), betas=(0.9, 0.95), eps=1e-10,
                  weight_decay=o.get("weight_decay", 0))
    return module("KellerJordan+Muon", "muon.py").SingleDeviceMuonWithAuxAdam([matrices, others])


def soap(p, o):
    return module("nikhilvyas+SOAP", "soap.py").SOAP(
        p, lr=o.get("lr", 3e-3), betas=(o.get("beta1", 0.95), o.get("beta2", 0.95)),
        shampoo_beta=o.get("shampoo_beta", -1), eps=o["eps"], weight_decay=o.get("weight_decay", 0.01),
        precondition_frequency=o.get("precondition_frequency", 10))


def shampoo_paper(f, x, o):
    lr, L, R, V = o["lr"], {}, {}, o.get("eps", 1e-6) * numpy.eye(3)
    power = o.get("power")

    def root(S, by):
        values, Q = numpy.linalg.eigh(S)
        return Q @ numpy.diag(values ** -by) @ Q.T
    while True:
        g, at, out = numpy.array(f(x)[1]), 0, list(x)
        for shape in SHAPES:
            G = g[at:at + math.prod(shape)].reshape(shape)
            if len(shape) == 2:
                L[at] = L.get(at, o.get("eps", 1e-6) * numpy.eye(shape[0])) + G @ G.T
                R[at] = R.get(at, o.get("eps", 1e-6) * numpy.eye(shape[1])) + G.T @ G
                G = root(L[at], power or 0.25) @ G @ root(R[at], power or 0.25)
            else:
                V = V + numpy.outer(G, G)
                G = root(V, power or 0.5) @ G
            for v in G.flatten():
                out[at] -= lr * v
                at += 1
        x = [float(v) for v in out]
        yield x


# ---------------------------------------------------------------- Goldstein stationarity
def learner(gradient):
    """o2nc with s = 1, and its zeroth-order relative."""
    def run(f, x, o):
        z, T, longest, t = x, o.get("period", 10), 0.0, 0
        most = o.get("delta", 0.1) / T
        while True:
            if t % T == 0:
                move, seen = [0.0] * len(x), []
            z = plus(z, 1, move)
            g, t = gradient(f, z, o), t + 1
            seen.append(z)
            longest = max(longest, norm(g))
            move = plus(move, -o.get("lr", most / (longest * math.sqrt(T))), g)
            move = [a * min(1, most / (norm(move) or most)) for a in move]
            yield z if o.get("answer") == "iterate" else [sum(c) / len(seen) for c in zip(*seen)]
    return run


def two_values(f, z, o):
    nu = o.get("nu", 0.01)
    return [(f([z[0] + nu])[0] - f([z[0] - nu])[0]) / (2 * nu)]


def exponentiated(f, x, o):
    lr, beta, mu = o.get("lr", 0.01), o.get("beta", 0.9), o.get("mu", 0)
    z, move, top, under = x, [0.0] * len(x), [0.0] * len(x), 0.0
    while True:
        g = f(z)[1]
        top, under = plus(z, beta, top), 1 + beta * under
        move = [(a - lr * b) * beta / (1 + lr * mu) for a, b in zip(move, g)]
        z = plus(z, 1, move)
        yield [a / under for a in top] if o.get("answer") == "mean" else z


def derandomised(f, x, o):
    lr, gamma, T = o.get("lr", 0.01), o.get("gamma", 10), o.get("period", 100)
    z, t = x, 0
    while True:
        if t % T == 0:
            move, seen = [0.0] * len(x), []
        seen.append(z)
        move = plus(move, -lr, plus(f(z)[1], gamma, move))
        z, t = plus(z, 1, move), t + 1
        yield z if o.get("answer") == "iterate" else [sum(c) / len(seen) for c in zip(*seen)]


def ntd(f, x0, o):
    p = parameter(x0)
    method = module("COR-OPT+ntd.py", "src/ntd/ntd.py").NTD(
        [p], opt_f=o.get("f_star", numpy.inf), adaptive_grid_size=o.get("adaptive_grid_size") == "on",
        use_trust_region=o.get("trust_region") != "off", s_scale_factor=o.get("s_scale_factor", 1e-6))
    numpy.random.uniform = lambda: o["fraction"]
    while True:
        method.step(lambda: slope(f, p))
        yield p.detach().tolist()


CASES = [  # method, its official code, optimizer, options, problems (all)
    (asam, "SamsungLabs/ASAM", "asam", {"lr": 0.001}),
    (asam, "SamsungLabs/ASAM", "asam", {"lr": 0.001, "rho": 0.1, "eta": 0.1, "momentum": 0, "weight_decay": 0.1}),
    (asam, "SamsungLabs/ASAM", "asam", {"base": "adam", "lr": 0.01, "weight_decay": 0.1}),
    (two_steps(adaptive_sam), "davda54/sam", "asam", {"lr": 0.001, "rho": 0.2, "eta": 0}),
    (gsam, "juntang-zhuang/GSAM", "gsam", {"lr": 0.001}),
    (gsam, "juntang-zhuang/GSAM", "gsam", {"lr": 0.001, "rho": 0.2, "alpha": 0.9, "momentum": 0.5}),
    (gsam, "juntang-zhuang/GSAM", "gsam", {"base": "adam", "lr": 0.01, "weight_decay": 0.1}),
    (two_steps(friendly), "nblt/F-SAM", "friendly-sam", {"lr": 0.001}),
    (two_steps(friendly), "nblt/F-SAM", "friendly-sam", {"lr": 0.001, "rho": 0.2, "sigma": 0.5, "lambda": 0.6,
                                                         "weight_decay": 0.1}),
    (two_steps(friendly), "nblt/F-SAM", "friendly-sam", {"base": "adam", "lr": 0.01, "weight_decay": 0.1}),
    (friendly_paper, None, "friendly-sam", {"variant": "paper", "lr": 0.001, "sigma": 0.7}),
    (looksam, "MarlonBecker/MSAM", "looksam", {"lr": 0.001}, SMOOTH),
    (looksam, "MarlonBecker/MSAM", "looksam", {"lr": 0.001, "k": 3, "alpha": 0.3, "rho": 0.2,
                                               "weight_decay": 0.1}, SMOOTH),
    (momentum_sam, "MarlonBecker/MSAM", "momentum-sam", {"lr": 0.001}),
    (momentum_sam, "MarlonBecker/MSAM", "momentum-sam", {"lr": 0.001, "rho": 0.05, "momentum": 0.5,
                                                         "weight_decay": 0.1}),
    (momentum_sam, "MarlonBecker/MSAM", "momentum-sam", {"base": "adam", "lr": 0.01}),
    (scheduler_rivals("LightSAM_I", 5, 0.1), "dimitris-oik/sam_sps", "lightsam",
     {"variant": "adagrad-norm", "lr": 0.1, "eps": 1e-8}),
    (scheduler_rivals("LightSAM_II", 0.5, 0.01), "dimitris-oik/sam_sps", "lightsam",
     {"variant": "adagrad", "lr": 0.1, "eps": 1e-8}, SMOOTH + ["manhattan"]),
    (scheduler_rivals("LightSAM_III", 0.01, 0.01, 0.9, 0.999), "dimitris-oik/sam_sps", "lightsam",
     {"eps": 1e-8}, SMOOTH + ["manhattan"]),
    (scheduler_rivals("AdaSAM", 0.01, 0.01, 0.9, 0.999), "dimitris-oik/sam_sps", "adasam", {"eps": 1e-8}),
    (scheduler_rivals("AdaSAM", 0.01, 0.01, 0.9, 0.999), "dimitris-oik/sam_sps", "adasam",
     {"lr": 0.02, "rho": 0.1, "beta1": 0.5, "beta2": 0.9, "eps": 1e-6}),
    (scheduler_rivals("SA_SAM"), "dimitris-oik/sam_sps", "sa-sam", {"lr": 0.001}, SMOOTH),
    (adopt, "iShohei220/adopt", "adopt", {"lr": 0.01}),
    (adopt, "iShohei220/adopt", "adopt", {"lr": 0.01, "clip": "off", "beta1": 0.5, "beta2": 0.99,
                                          "weight_decay": 0.1}),
    (adopt, "iShohei220/adopt", "adopt", {"lr": 0.01, "weight_decay": 0.1, "decouple": "on", "eps": 1e-2}),
    (plain(ademamix), "apple/ml-ademamix", "ademamix", {"lr": 0.01}),
    (plain(ademamix), "apple/ml-ademamix", "ademamix", {"lr": 0.01, "alpha": 5, "beta3_warmup": 20,
                                                        "alpha_warmup": 30, "weight_decay": 0.1}),
    (plain(adan), "sail-sg/Adan", "adan", {"lr": 0.01}),
    (plain(adan), "sail-sg/Adan", "adan", {"lr": 0.01, "weight_decay": 0.1}),
    (plain(adan), "sail-sg/Adan", "adan", {"lr": 0.01, "weight_decay": 0.1, "no_prox": "on", "beta2": 0.8}),
    (plain(mars), "AGI-Arena/MARS", "mars", {"lr": 0.01}),
    (plain(mars), "AGI-Arena/MARS", "mars", {"lr": 0.01, "gamma": 0.1, "beta1": 0.9, "weight_decay": 0.1}),
    (plain(mars), "AGI-Arena/MARS", "mars", {"lr": 0.01, "variant": "lion", "weight_decay": 0.1}),
    (mars_exact, None, "mars", {"lr": 0.01, "exact": "on"}),
    (plain(cautious_adamw), "kyleliang919/C-Optim", "cautious-adamw", {"lr": 0.02}),
    (plain(cautious_adamw), "kyleliang919/C-Optim", "cautious-adamw", {"lr": 0.02, "eps": 1e-4,
                                                                      "weight_decay": 0.1}),
    (cautious_paper, None, "cautious-adamw", {"lr": 0.02, "variant": "paper"}),
    (plain(cautious_lion), "kyleliang919/C-Optim", "cautious-lion", {"lr": 0.01}),
    (plain(cautious_lion), "kyleliang919/C-Optim", "cautious-lion", {"lr": 0.01, "beta1": 0.8, "beta2": 0.9,
                                                                    "weight_decay": 0.5}),
    (sophia_squares, "Liuhong99/Sophia", "sophia", {"estimator": "squares", "variant": "official", "lr": 0.01}),
    (sophia_squares, "Liuhong99/Sophia", "sophia", {"estimator": "squares", "variant": "official", "lr": 0.01,
                                                    "gamma": 2, "k": 3, "weight_decay": 0}),
    (sophia, None, "sophia", {"directions": "signs", "lr": 0.01, "gamma": 30}, SEPARABLE),
    (sophia, None, "sophia", {"directions": "signs", "lr": 0.01, "gamma": 20, "k": 2, "weight_decay": 0,
                              "delta": 1e-3}, SEPARABLE),
    (tensors(muon), "KellerJordan/Muon", "muon", {}, MATRICES),
    (tensors(muon), "KellerJordan/Muon", "muon", {"lr": 0.05, "momentum": 0.8, "weight_decay": 0.1,
                                                  "adam_lr": 0.01}, MATRICES),
    (tensors(soap), "nikhilvyas/SOAP", "soap", {"eps": 1e-4}, MATRICES),
    (tensors(soap), "nikhilvyas/SOAP", "soap", {"lr": 0.02, "beta1": 0.9, "beta2": 0.99, "shampoo_beta": 0.8,
                                                "precondition_frequency": 2, "weight_decay": 0, "eps": 1e-4},
     MATRICES),
    (shampoo_paper, None, "shampoo", {"lr": 0.1}, MATRICES),
    (shampoo_paper, None, "shampoo", {"lr": 0.1, "eps": 0.01, "power": 0.3}, MATRICES),
    (plain(d_adapt_sgd), "facebookresearch/dadaptation", "d-adapt-sgd", {"variant": "official", "weight_decay": 0.1}),
    (plain(d_adapt_sgd), "facebookresearch/dadaptation", "d-adapt-sgd", {"variant": "official", "weight_decay": 1,
                                                                       "momentum": 0.5, "lr": 0.3}),
    (with_value(ali_g), "oval-group/ali-g", "ali-g", {"f_star": 2, "clamp": "off", "lr": 0.02}),
    (with_value(ali_g), "oval-group/ali-g", "ali-g", {"f_star": 1, "clamp": "off", "lr": 0.01, "momentum": 0.7}),
    (with_value(sps), "IssamLaradji/sps", "sps", {"f_star": 0, "smoothing": "on", "clamp": "off", "eps": 1e-8},
     SMOOTH + ["manhattan"]),
    (signum, None, "signum", {"lr": 0.01}),
    (signum, None, "signum", {"lr": 0.01, "momentum": 0, "weight_decay": 0.5}),
    (sps_safe, None, "sps-safe", {"f_star": 0}),
    (sps_safe, None, "sps-safe", {"f_star": 1, "m": 200, "weight_decay": 0.1}),
    (ima_sps_safe, None, "ima-sps-safe", {"f_star": 0}),
    (ima_sps_safe, None, "ima-sps-safe", {"f_star": -1, "m": 0, "lambda": 9}),
    (learner(lambda f, z, o: f(z)[1]), None, "o2nc", {"scaling": "none"}),
    (learner(lambda f, z, o: f(z)[1]), None, "o2nc", {"scaling": "none", "delta": 1, "period": 7, "lr": 0.01}),
    (learner(lambda f, z, o: f(z)[1]), None, "o2nc", {"scaling": "none", "answer": "iterate", "delta": 2}),
    (learner(two_values), None, "zeroth-order-goldstein", {"scaling": "none", "delta": 1}, ["absolute"]),
    (learner(two_values), None, "zeroth-order-goldstein", {"scaling": "none", "nu": 0.3, "answer": "iterate",
                                                           "delta": 2, "period": 5}, ["absolute"]),
    (exponentiated, None, "exponentiated-o2nc", {"scaling": "none", "lr": 0.001}),
    (exponentiated, None, "exponentiated-o2nc", {"scaling": "none", "lr": 0.01, "beta": 0.5, "mu": 3,
                                                 "answer": "mean"}),
    (derandomised, None, "derandomised-o2nc", {"lr": 0.001}),
    (derandomised, None, "derandomised-o2nc", {"lr": 0.002, "gamma": 100, "period": 7, "answer": "iterate"}),
    (ntd, "COR-OPT/ntd.py", "ntd", {"fraction": 0.3}),
    (ntd, "COR-OPT/ntd.py", "ntd", {"fraction": 0.7, "f_star": 0}),
    (ntd, "COR-OPT/ntd.py", "ntd", {"fraction": 0.5, "trust_region": "off"}),
    (ntd, "COR-OPT/ntd.py", "ntd", {"fraction": 0.5, "adaptive_grid_size": "on"}),
]
PROBLEMS["absolute"] = (PROBLEMS["manhattan"][0], [1.037], False)


def case(method, code, optimizer, options, problem):
    typed = ",".join("%s=%s" % pair for pair in options.items())
    points = trajectory(method, problem, options)
    if str(max(STEPS)) not in points:
        sys.exit("%s:%s diverges on %s" % (optimizer, typed, problem))
    if amplification(method, problem, options, points) > 1e6:
        del points[str(max(STEPS))]
    source = "%s@%s" % (code, COMMITS[code.replace("/", "+")]) if code else "naive"
    return json.dumps({"optimizer": optimizer, "options": typed, "problem": problem, "source": source, "x": points})


def main():
    print('{"made by":"field.py","problems":%s,"cases":[' % json.dumps(
        {name: {"start": start, "smooth": smooth} for name, (_, start, smooth) in PROBLEMS.items()}))
    lines = []
    for method, code, optimizer, options, *problems in CASES:
        for problem in problems[0] if problems else list(PROBLEMS)[:4]:
            lines.append(case(method, code, optimizer, options, problem))
    print(",\n".join(lines))
    print("]}")


if __name__ == "__main__":
    main()
