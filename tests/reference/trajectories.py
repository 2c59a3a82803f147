#!/usr/bin/python3
"""Trajectories of the first-order methods from implementations that are not ours.

    /usr/bin/python3 trajectories.py > trajectories.json

SGD, Adam, AdamW, AMSGrad, RAdam, RMSprop and Adagrad come from PyTorch in float64 (1.13 when the
numbers were made). Its NAdam of that version has a known mistake, so nadam and all others are naive
loops over lists, written down from the formulas of the papers with no thought of speed. Each case
names the optimizer and its options as a user types them, the problem, and x after some of 40 steps;
step 40 is left out where it is chaotic."""
import json
import math
import sys

STEPS = (1, 2, 3, 10, 40)


# ---------------------------------------------------------------- problems: value and subgradient
def sign(v):
    return float(v > 0) - float(v < 0)


def ellipse(x):  # sum_i i x_i^2 / 2
    return (sum((i + 1) * v * v for i, v in enumerate(x)) / 2,
            [(i + 1) * v for i, v in enumerate(x)])


def valley(x):  # Rosenbrock's with 5 in place of 100, so that no step size here diverges
    a, b = x
    return ((1 - a) ** 2 + 5 * (b - a * a) ** 2,
            [-2 * (1 - a) - 20 * a * (b - a * a), 10 * (b - a * a)])


def manhattan(x):  # sum_i i |x_i|
    return (sum((i + 1) * abs(v) for i, v in enumerate(x)),
            [(i + 1) * sign(v) for i, v in enumerate(x)])


def maxq(x):
    at = max(range(len(x)), key=lambda i: x[i] * x[i])
    g = [0.0] * len(x)
    g[at] = 2 * x[at]
    return x[at] * x[at], g


PROBLEMS = {
    "ellipse": (ellipse, [1.5 - 0.23 * i for i in range(11)], True),
    "valley": (valley, [-1.2, 1.0], True),
    "manhattan": (manhattan, [1.037, -0.4713, 0.7219], False),
    "maxq": (maxq, [1.01, -1.92, 3.13, -2.54], False),
}


# ---------------------------------------------------------------- small helpers
def dot(a, b):
    return sum(p * q for p, q in zip(a, b))


def norm(a):
    return math.sqrt(dot(a, a))


def plus(a, s, b):
    return [p + s * q for p, q in zip(a, b)]


def soft(v, t):
    return sign(v) * max(abs(v) - t, 0.0)


# ---------------------------------------------------------------- methods: f, x0, options -> x_1, x_2, ...
def with_torch(make):
    def run(f, x0, o):
        import torch
        x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)
        method = make(torch.optim, [x], o)
        while True:
            x.grad = torch.tensor(f(x.detach().tolist())[1], dtype=torch.float64)
            method.step()
            yield x.detach().tolist()
    return run


def adam_options(o, **more):
    known = dict(lr=o.get("lr", 1e-3), betas=(o.get("beta1", 0.9), o.get("beta2", 0.999)),
                 eps=o.get("eps", 1e-8), weight_decay=o.get("weight_decay", 0))
    known.update(more)
    return known


def sgd(optim, p, o):
    return optim.SGD(p, lr=o.get("lr", 1e-3), momentum=o.get("momentum", 0),
                     dampening=o.get("dampening", 0), weight_decay=o.get("weight_decay", 0),
                     nesterov=o.get("nesterov") == "on")


def rmsprop(optim, p, o):
    return optim.RMSprop(p, lr=o.get("lr", 1e-2), alpha=o.get("alpha", 0.99), eps=o.get("eps", 1e-8),
                         weight_decay=o.get("weight_decay", 0), momentum=o.get("momentum", 0),
                         centered=o.get("centered") == "on")


def adagrad(optim, p, o):
    return optim.Adagrad(p, lr=o.get("lr", 1e-2), lr_decay=o.get("lr_decay", 0),
                         weight_decay=o.get("weight_decay", 0), eps=o.get("eps", 1e-10),
                         initial_accumulator_value=o.get("initial_accumulator_value", 0))


def eps_hat_adam(f, x, o):
    lr, b1, b2, eps = o.get("lr", 1e-3), 0.9, 0.999, o.get("eps", 1e-8)
    m, v, t = [0.0] * len(x), [0.0] * len(x), 0
    while True:
        g, t = f(x)[1], t + 1
        x = [a - lr * o.get("decay", 0) * a for a in x]
        for i in range(len(x)):
            m[i] = b1 * m[i] + (1 - b1) * g[i]
            v[i] = b2 * v[i] + (1 - b2) * g[i] ** 2
            x[i] -= lr * math.sqrt(1 - b2 ** t) / (1 - b1 ** t) * m[i] / (math.sqrt(v[i]) + eps)
        yield list(x)


def amsgrad(f, x, o):
    lr, b1, b2, eps = o.get("lr", 1e-3), 0.9, 0.999, 1e-8
    m, v, top, t = [0.0] * len(x), [0.0] * len(x), [0.0] * len(x), 0
    x = list(x)
    while True:
        g, t = f(x)[1], t + 1
        for i in range(len(x)):
            m[i] = b1 * m[i] + (1 - b1) * g[i]
            v[i] = b2 * v[i] + (1 - b2) * g[i] ** 2
            if o["variant"] == "paper":
                top[i] = max(top[i], v[i])
                x[i] -= lr * m[i] / (math.sqrt(top[i]) + eps)
            else:
                top[i] = max(top[i], v[i] / (1 - b2 ** t))
                x[i] -= lr * m[i] / (1 - b1 ** t) / (math.sqrt(top[i]) + eps)
        yield list(x)


def nadam(f, x, o):
    lr, b1, b2, eps, psi = o.get("lr", 2e-3), 0.9, 0.999, 1e-8, o.get("momentum_decay", 4e-3)
    m, v, t, product = [0.0] * len(x), [0.0] * len(x), 0, 1.0
    x = list(x)
    while True:
        g, t = f(x)[1], t + 1
        g = plus(g, o.get("weight_decay", 0), x)
        mu = b1 * (1 - 0.5 * 0.96 ** (t * psi))
        after = b1 * (1 - 0.5 * 0.96 ** ((t + 1) * psi))
        product *= mu
        for i in range(len(x)):
            m[i] = b1 * m[i] + (1 - b1) * g[i]
            v[i] = b2 * v[i] + (1 - b2) * g[i] ** 2
            d = math.sqrt(v[i] / (1 - b2 ** t)) + eps
            x[i] -= lr * (1 - mu) / (1 - product) * g[i] / d
            x[i] -= lr * after / (1 - product * after) * m[i] / d
        yield list(x)


def sma(b2, t):
    top = 2 / (1 - b2) - 1
    length = top - 2 * t * b2 ** t / (1 - b2 ** t)
    if length <= 4:
        return length, None
    return length, math.sqrt((length - 4) * (length - 2) * top / ((top - 4) * (top - 2) * length))


def radam(f, x, o):  # the authors' code
    lr, b1, b2, eps, wd = o.get("lr", 1e-3), 0.9, 0.999, 1e-8, o.get("weight_decay", 0)
    m, v, t = [0.0] * len(x), [0.0] * len(x), 0
    x = list(x)
    while True:
        g, t = f(x)[1], t + 1
        length, factor = sma(b2, t)
        for i in range(len(x)):
            m[i] = b1 * m[i] + (1 - b1) * g[i]
            v[i] = b2 * v[i] + (1 - b2) * g[i] ** 2
            if length >= 5:
                x[i] -= wd * lr * x[i]
                x[i] -= lr * factor * math.sqrt(1 - b2 ** t) / (1 - b1 ** t) * m[i] / (math.sqrt(v[i]) + eps)
            elif o.get("degenerated_to_sgd") == "on":
                x[i] -= wd * lr * x[i]
                x[i] -= lr / (1 - b1 ** t) * m[i]
        yield list(x)


def adabelief(f, x, o):
    lr, b1, b2, eps, wd = o.get("lr", 1e-3), 0.9, 0.999, o.get("eps", 1e-16), o.get("weight_decay", 0)
    m, s, top, t = [0.0] * len(x), [0.0] * len(x), [0.0] * len(x), 0
    x = list(x)
    while True:
        g, t = f(x)[1], t + 1
        bc1, bc2 = 1 - b1 ** t, 1 - b2 ** t
        length, factor = sma(b2, t)
        for i in range(len(x)):
            gi = g[i]
            if o.get("weight_decouple") == "off":
                gi += wd * x[i]
            else:
                x[i] *= 1 - (wd if o.get("fixed_decay") == "on" else lr * wd)
            m[i] = b1 * m[i] + (1 - b1) * gi
            s[i] = b2 * s[i] + (1 - b2) * (gi - m[i]) ** 2
            s[i] += eps
            top[i] = max(top[i], s[i])
            if o.get("rectify") == "off":
                under = top[i] if o.get("amsgrad") == "on" else s[i]
                x[i] -= lr / bc1 * m[i] / (math.sqrt(under) / math.sqrt(bc2) + eps)
            elif length >= 5:
                x[i] -= lr * math.sqrt(bc2) * factor / bc1 * m[i] / (math.sqrt(s[i]) + eps)
            elif o.get("degenerated_to_sgd") != "off":
                x[i] -= lr / bc1 * m[i]
        yield list(x)


def adaml(f, x, o):
    lr, b1, b2, eps = o.get("lr", 1e-3), 0.9, 0.999, o.get("eps", 1e-8)
    gamma, phi, variant = o.get("gamma", 1), o.get("phi", 1), o.get("variant", "loss-scaled")
    m, v, t, first = [0.0] * len(x), [0.0] * len(x), 0, None
    x = list(x)
    while True:
        (value, g), t = f(x), t + 1
        loss = max(value - o.get("f_star", 0), 1e-16)
        first = first or loss
        if o.get("relative") == "on":
            loss = max(loss / first, 1e-16)
        for i in range(len(x)):
            m[i] = b1 * m[i] + (1 - b1) * g[i]
            if variant == "loss-scaled":
                v[i] = b2 * v[i] + (1 - b2) * (gamma / loss) ** phi * g[i] ** 2 + loss * eps
            elif variant == "belief-scaled":
                v[i] = b2 * v[i] + (1 - b2) * (gamma / loss) ** phi * (g[i] - m[i]) ** 2 + loss * eps
            else:
                v[i] = b2 * v[i] + (1 - b2) * (loss / gamma) ** phi * g[i] ** 2 + eps
            x[i] -= lr * math.sqrt(1 - b2 ** t) / (1 - b1 ** t) * m[i] / math.sqrt(v[i])
        yield list(x)


def eadam(f, x, o):
    lr, b1, b2, eps, wd = o.get("lr", 1e-3), 0.9, 0.999, o.get("eps", 1e-8), o.get("weight_decay", 0)
    m, v, t = [0.0] * len(x), [0.0] * len(x), 0
    x = list(x)
    while True:
        g, t = f(x)[1], t + 1
        for i in range(len(x)):
            gi = g[i] + wd * x[i]
            m[i] = b1 * m[i] + (1 - b1) * gi
            v[i] = b2 * v[i] + (1 - b2) * gi ** 2
            v[i] += eps
            x[i] -= lr * math.sqrt(1 - b2 ** t) / (1 - b1 ** t) * m[i] / math.sqrt(v[i])
        yield list(x)


def lion(f, x, o):
    lr, b1, b2, wd = o.get("lr", 1e-4), o.get("beta1", 0.9), o.get("beta2", 0.99), o.get("weight_decay", 0)
    m = [0.0] * len(x)
    x = list(x)
    while True:
        g = f(x)[1]
        for i in range(len(x)):
            x[i] *= 1 - lr * wd
            x[i] -= lr * sign(b1 * m[i] + (1 - b1) * g[i])
            m[i] = b2 * m[i] + (1 - b2) * g[i]
        yield list(x)


def adagrad_norm(f, x, o):
    total = o.get("b0", 0.1) ** 2
    while True:
        g = f(x)[1]
        total += dot(g, g)
        x = plus(x, -o.get("lr", 1) / math.sqrt(total), g)
        yield x


def normalised(f, x, o):
    while True:
        g = f(x)[1]
        x = plus(x, -o["lr"] / norm(g), g)
        yield x


def polyak(f, x, o):
    while True:
        value, g = f(x)
        x = plus(x, -o.get("relax", 1) * max(value - o["f_star"], 0) / dot(g, g), g)
        yield x


def sps(f, x, o):
    last = o.get("init_step_size", 1)
    while True:
        value, g = f(x)
        bound = 2 * last if o.get("smoothing") == "on" else o.get("gamma_b", 1)
        last = min(bound, max(value - o["f_star"], 0) / (o.get("c", 0.5) * dot(g, g) + o.get("eps", 0)))
        x = plus(x, -last, g)
        yield x


def decsps(f, x, o):
    c0, k = o.get("c0", 1), 0
    c_last, last = c0, o.get("gamma_b", 10)
    while True:
        value, g = f(x)
        c = c0 * math.sqrt(k + 1)
        last = min((value - o["f_star"]) / dot(g, g), c_last * last) / c
        c_last, k = c, k + 1
        x = plus(x, -last, g)
        yield x


def momsps(f, x, o):
    beta, before = o.get("momentum", 0.9), x
    while True:
        value, g = f(x)
        gamma = (1 - beta) * min((value - o["f_star"]) / (o.get("c", 1) * dot(g, g)), o.get("gamma_b", 1))
        x, before = [a - gamma * d + beta * (a - b) for a, d, b in zip(x, g, before)], x
        yield x


def ali_g(f, x, o):
    mu, v = o.get("momentum", 0), [0.0] * len(x)
    while True:
        value, g = f(x)
        gamma = min(max(value - o["f_star"], 0) / (dot(g, g) + o.get("eps", 1e-5)), o.get("lr", 0.1))
        v = [mu * a - gamma * b for a, b in zip(v, g)]
        x = [a - gamma * b + mu * c for a, b, c in zip(x, g, v)]
        size = norm(x)
        if size > o.get("max_norm", math.inf):
            x = [a * o["max_norm"] / size for a in x]
        yield x


def momo(f, x, o):
    lr, beta, wd, star = o.get("lr", 1), o.get("beta", 0.9), o.get("weight_decay", 0), o["f_star"]
    corrected, t = o.get("bias_correction") == "on", 0
    mean_f = mean_gx = 0.0
    m = [0.0] * len(x)
    while True:
        (value, g), t = f(x), t + 1
        keep = 0.0 if t == 1 and not corrected else beta
        mean_f = keep * mean_f + (1 - keep) * value
        mean_gx = keep * mean_gx + (1 - keep) * dot(g, x)
        m = [keep * a + (1 - keep) * b for a, b in zip(m, g)]
        rho = 1 - beta ** t if corrected else 1.0
        gap = (1 + lr * wd) * (mean_f - mean_gx - rho * star) + dot(m, x)
        tau = min(lr / rho, max(gap, 0) / dot(m, m))
        x = [a / (1 + lr * wd) for a in plus(x, -tau, m)]
        yield x


def sam(f, x, o, kind):
    lam = o.get("lambd", 0 if kind.startswith("u") else 1)
    rho0, b, t = o.get("rho", 0.1 if kind.endswith("ps") else 0.05), [0.0] * len(x), 0
    while True:
        g, t = f(x)[1], t + 1
        rho = rho0 / t ** o.get("rho_decay", 0)
        e = plus(x, rho * (1 - lam + lam / norm(g)), g)
        value, ge = f(e)
        if not kind.endswith("ps"):
            full = plus(ge, o.get("weight_decay", 0), x)
            b = [o.get("momentum", 0.9) * p + q for p, q in zip(b, full)]
            x = plus(x, -o.get("lr", 0.1), b)
        else:
            gap = value - o["f_star"] - dot(ge, plus(e, -1, x))
            gamma = max(gap, 0) / dot(ge, ge)
            if kind.endswith("sps"):
                gamma = min(gamma, o.get("gamma_b", 1))
                ge = plus(ge, o.get("weight_decay", 5e-4), x)
            x = plus(x, -gamma, ge)
        yield x


def prox_sgd(f, x, o):
    lr, b = o.get("lr", 0.01), None
    while True:
        g = f(x)[1]
        b = g if b is None else plus(g, o.get("momentum", 0.9), b)
        x = [soft(v, lr * o.get("l1", 1e-4)) for v in plus(x, -lr, b)]
        yield x


def prox_sgd_yang(f, x, o):
    delta, mu, beta = o.get("eps", 1e-7), o.get("l1", 1e-4), 0.999
    t = 1 if o.get("count") == "torch" else 0
    v, r = [0.0] * len(x), [0.0] * len(x)
    x = list(x)
    while True:
        g = f(x)[1]
        rho = o.get("rho", 0.9) / (t + 4) ** o.get("rho_exponent", 0.5)
        step = o.get("lr", 0.06) / (t + 4) ** o.get("lr_exponent", 0.5)
        for i in range(len(x)):
            v[i] = (1 - rho) * v[i] + rho * g[i]
            r[i] = beta * r[i] + (1 - beta) * g[i] ** 2
            tau = math.sqrt(r[i] / (1 - beta ** (t + 1))) + delta
            to = soft(x[i] - v[i] / tau, mu / tau)
            to = min(max(to, o.get("lower", -math.inf)), o.get("upper", math.inf))
            x[i] += step * (to - x[i])
        t += 1
        yield list(x)


def schedule_free_sgd(f, x, o):
    lr0, beta, k, weights, top = o.get("lr", 1), o.get("momentum", 0.9), 0, 0.0, 0.0
    z, y = x, x
    while True:
        g = plus(f(y)[1], o.get("weight_decay", 0), y)
        lr = lr0 * min(1, (k + 1) / o["warmup_steps"]) if o.get("warmup_steps") else lr0
        top = max(top, lr)
        w = (k + 1) ** o.get("r", 0) * top ** o.get("weight_lr_power", 2)
        weights += w
        z = plus(z, -lr, g)
        x = [(1 - w / weights) * a + w / weights * b for a, b in zip(x, z)]
        y = [(1 - beta) * b + beta * a for a, b in zip(x, z)]
        k += 1
        yield x


def schedule_free_adamw(f, x, o):
    lr0, b1, b2, eps = o.get("lr", 0.0025), o.get("beta1", 0.9), o.get("beta2", 0.999), o.get("eps", 1e-8)
    wd, paper, k, weights, top = o.get("weight_decay", 0), o.get("variant") == "paper", 0, 0.0, 0.0
    z, y, v = x, x, [0.0] * len(x)
    while True:
        g = f(y)[1]
        v = [b2 * a + (1 - b2) * b * b for a, b in zip(v, g)]
        lr = lr0 * min(1, (k + 1) / o["warmup_steps"]) if o.get("warmup_steps") else lr0
        if paper:
            lr *= math.sqrt(1 - b2 ** (k + 1))
            move = [b / (math.sqrt(a) + eps) + wd * c for a, b, c in zip(v, g, y)]
        else:
            at = z if o.get("decay_at") == "z" else y
            move = [b / (math.sqrt(a / (1 - b2 ** (k + 1))) + eps) + wd * c for a, b, c in zip(v, g, at)]
        top = max(top, lr)
        w = (k + 1) ** o.get("r", 0) * top ** o.get("weight_lr_power", 2)
        weights += w
        z = plus(z, -lr, move)
        x = [(1 - w / weights) * a + w / weights * b for a, b in zip(x, z)]
        y = [(1 - b1) * b + b1 * a for a, b in zip(x, z)]
        k += 1
        yield x


def prodigy(f, x, o):
    lr, b1, b2, eps, wd = o.get("lr", 1), 0.9, 0.999, 1e-8, o.get("weight_decay", 0)
    b3 = o.get("beta3", math.sqrt(b2))
    d0 = d = top = o.get("d0", 1e-6)
    x0, num, t = x, 0.0, 0
    m, v, s = [0.0] * len(x), [0.0] * len(x), [0.0] * len(x)
    while True:
        g, t = f(x)[1], t + 1
        if o.get("decouple") == "off":
            g = plus(g, wd, x)
        dlr = d * lr
        if o.get("use_bias_correction") == "on":
            dlr *= math.sqrt(1 - b2 ** t) / (1 - b1 ** t)
        num = b3 * num + d / d0 * dlr * dot(g, plus(x0, -1, x))
        m = [b1 * a + d * (1 - b1) * b for a, b in zip(m, g)]
        v = [b2 * a + d * d * (1 - b2) * b * b for a, b in zip(v, g)]
        weight = d if o.get("safeguard_warmup") == "on" else dlr
        s = [b3 * a + d / d0 * weight * b for a, b in zip(s, g)]
        hat = o.get("d_coef", 1) * num / sum(abs(a) for a in s)
        if d == d0:
            d = max(d, hat)
        top = max(top, hat)
        d = min(top, d * o.get("growth_rate", math.inf))
        if o.get("decouple") != "off":
            x = [a - wd * dlr * a for a in x]
        x = [a - dlr * b / (math.sqrt(c) + d * eps) for a, b, c in zip(x, m, v)]
        yield x


def d_adapt_sgd(f, x, o):
    lr, d, momentum = o.get("lr", 1), o.get("d0", 1e-6), o.get("momentum", 0)
    x0, s, num, unit = x, [0.0] * len(x), 0.0, None
    while True:
        g = plus(f(x)[1], o.get("weight_decay", 0), x)
        unit = unit or norm(g)
        dlr = d * lr / unit
        num += dlr * dot(g, s)
        s = plus(s, dlr, g)
        d = max(d, min(2 * num / norm(s), d * o.get("growth_rate", math.inf)))
        z = plus(x0, -1, s)
        x = [momentum * a + (1 - momentum) * b for a, b in zip(x, z)]
        yield x


def d_adapt_adam(f, x, o):
    lr, b1, b2, eps, wd = o.get("lr", 1), 0.9, 0.999, 1e-8, o.get("weight_decay", 0)
    d, b3, r, t = o.get("d0", 1e-6), math.sqrt(b2), 0.0, 0
    m, v, s = [0.0] * len(x), [0.0] * len(x), [0.0] * len(x)
    while True:
        g, t = f(x)[1], t + 1
        if o.get("decouple") != "on":
            g = plus(g, wd, x)
        dlr = d * lr
        if o.get("use_bias_correction") == "on":
            dlr *= math.sqrt(1 - b2 ** t) / (1 - b1 ** t)
        acc = dlr * sum(a * b / (math.sqrt(c) + eps) for a, b, c in zip(g, s, v))
        m = [b1 * a + dlr * (1 - b1) * b for a, b in zip(m, g)]
        v = [b2 * a + (1 - b2) * b * b for a, b in zip(v, g)]
        s = [b3 * a + (1 - b3) * dlr * b for a, b in zip(s, g)]
        r = b3 * r + (1 - b3) * acc
        hat = r / ((1 - b3) * sum(abs(a) for a in s))
        d = max(d, min(hat, d * o.get("growth_rate", math.inf)))
        if o.get("decouple") == "on":
            x = [a - wd * dlr * a for a in x]
        x = [a - b / (math.sqrt(c) + eps) for a, b, c in zip(x, m, v)]
        yield x


def dog(f, x, o):
    x0, total = x, o.get("eps", 1e-8)
    far = o.get("reps_rel", 1e-6) * (1 + norm(x))
    while True:
        g = plus(f(x)[1], o.get("weight_decay", 0), x)
        far = max(far, norm(plus(x, -1, x0)))
        total += dot(g, g)
        x = plus(x, -o.get("lr", 1) * far / math.sqrt(total), g)
        yield x


def dowg(f, x, o):
    x0, total, eps = x, 0.0, o.get("eps", 1e-4)
    far2 = eps
    while True:
        g = f(x)[1]
        apart = plus(x, -1, x0)
        far2 = max(far2, dot(apart, apart))
        total += far2 * dot(g, g)
        x = plus(x, -far2 / (math.sqrt(total) + eps), g)
        yield x


def s_adam(f, x, o):  # along the axes in turn, so that nothing is random
    lr, b1, b2, eps = o.get("lr", 1e-3), 0.9, 0.999, 1e-8
    wd, k, delta = o.get("weight_decay", 1e-2), o.get("k", 2), o.get("delta", 0.01)
    m, v, t, axis, damp = [0.0] * len(x), [0.0] * len(x), 0, 0, 1.0
    x = list(x)
    while True:
        (base, g), t = f(x), t + 1
        if t == 1 or t % o.get("interval", 1) == 0:
            found = []
            for _ in range(k):
                ahead, behind = list(x), list(x)
                ahead[axis] += delta
                behind[axis] -= delta
                slope = (f(ahead)[0] - base) / delta
                if o.get("index") == "residual":
                    slope -= g[axis]
                if o.get("index") == "curvature":
                    slope = abs(f(ahead)[0] + f(behind)[0] - 2 * base) / delta
                found.append(slope)
                axis = (axis + 1) % len(x)
            mean = sum(found) / k
            square = sum(d * d for d in found) / k
            spread = sum((d - mean) ** 2 for d in found)
            spread = spread / k if o.get("variance") == "population" else spread / (k - 1)
            index = {"lgi": spread / (square + o.get("lgi_eps", 1e-6)), "variance": spread,
                     "residual": square, "curvature": mean}[o.get("index", "lgi")]
            damp = math.exp(-o.get("lambda", 2) * min(index, o.get("cap", 10)))
        on = o.get("bias_correction") != "off"
        c1, c2 = (1 - b1 ** t, 1 - b2 ** t) if on else (1, 1)
        for i in range(len(x)):
            x[i] *= 1 - lr * wd
            m[i] = b1 * m[i] + (1 - b1) * g[i]
            v[i] = b2 * v[i] + (1 - b2) * g[i] ** 2
            if o.get("eps_hat") == "off":
                x[i] -= damp * lr / c1 * m[i] / (math.sqrt(v[i] / c2) + eps)
            else:
                x[i] -= damp * lr * math.sqrt(c2) / c1 * m[i] / (math.sqrt(v[i]) + eps)
        yield list(x)


def named(kind):
    return lambda f, x, o: sam(f, x, o, kind)


TORCH = {
    "sgd": with_torch(sgd),
    "adam": with_torch(lambda optim, p, o: optim.Adam(p, **adam_options(o))),
    "adamw": with_torch(lambda optim, p, o: optim.AdamW(
        p, **adam_options(o, weight_decay=o.get("weight_decay", 1e-2)))),
    "amsgrad": with_torch(lambda optim, p, o: optim.Adam(p, amsgrad=True, **adam_options(o))),
    "radam": with_torch(lambda optim, p, o: optim.RAdam(p, **adam_options(o))),
    "rmsprop": with_torch(rmsprop),
    "adagrad": with_torch(adagrad),
}

CASES = [  # method, optimizer, options
    (TORCH["sgd"], "sgd", {"lr": 0.01}),
    (TORCH["sgd"], "sgd", {"lr": 0.001, "momentum": 0.9}),
    (TORCH["sgd"], "sgd", {"lr": 0.001, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1}),
    (TORCH["sgd"], "sgd", {"lr": 0.001, "momentum": 0.9, "nesterov": "on", "weight_decay": 0.05}),
    (TORCH["adam"], "adam", {}),
    (TORCH["adam"], "adam", {"lr": 0.05, "beta1": 0.8, "beta2": 0.99, "weight_decay": 0.1}),
    (TORCH["adamw"], "adamw", {}),
    (TORCH["adamw"], "adamw", {"lr": 0.05, "eps": 1e-4, "weight_decay": 0.2}),
    (TORCH["amsgrad"], "amsgrad", {"lr": 0.05, "weight_decay": 0.1}),
    (TORCH["radam"], "radam", {"variant": "torch", "lr": 0.002}),
    (TORCH["radam"], "radam", {"variant": "torch", "lr": 0.002, "weight_decay": 0.1}),
    (TORCH["rmsprop"], "rmsprop", {}),
    (TORCH["rmsprop"], "rmsprop", {"alpha": 0.9, "momentum": 0.5, "weight_decay": 0.1}),
    (TORCH["rmsprop"], "rmsprop", {"alpha": 0.9, "centered": "on"}),
    (TORCH["rmsprop"], "rmsprop", {"alpha": 0.9, "centered": "on", "momentum": 0.5}),
    (TORCH["adagrad"], "adagrad", {"lr": 0.1}),
    (TORCH["adagrad"], "adagrad", {"lr": 0.1, "lr_decay": 0.05, "weight_decay": 0.1,
                                   "initial_accumulator_value": 0.1}),
    (eps_hat_adam, "adam", {"lr": 0.05, "eps": 1e-3, "eps_hat": "on"}),
    (amsgrad, "amsgrad", {"lr": 0.02, "variant": "paper"}),
    (amsgrad, "amsgrad", {"lr": 0.02, "variant": "optax"}),
    (nadam, "nadam", {"lr": 0.02}),
    (nadam, "nadam", {"lr": 0.02, "momentum_decay": 0.1, "weight_decay": 0.1}),
    (radam, "radam", {"lr": 0.02, "weight_decay": 0.1}),
    (radam, "radam", {"lr": 0.001, "degenerated_to_sgd": "on", "weight_decay": 0.1}),
    (adabelief, "adabelief", {"lr": 0.001, "weight_decay": 0.1}),
    (adabelief, "adabelief", {"lr": 0.02, "degenerated_to_sgd": "off"}),
    (adabelief, "adabelief", {"lr": 0.02, "rectify": "off", "eps": 1e-8}),
    (adabelief, "adabelief", {"lr": 0.02, "rectify": "off", "eps": 1e-8, "amsgrad": "on",
                              "weight_decay": 0.1, "weight_decouple": "off"}),
    (adabelief, "adabelief", {"lr": 0.02, "rectify": "off", "fixed_decay": "on", "weight_decay": 0.01}),
    (eadam, "eadam", {"lr": 0.02}),
    (eadam, "eadam", {"lr": 0.02, "eps": 1e-4, "weight_decay": 0.1}),
    (adaml, "adaml", {"lr": 0.02}),
    (adaml, "adaml", {"lr": 0.02, "gamma": 3, "phi": 0.5, "f_star": -1}),
    (adaml, "adaml", {"lr": 0.02, "variant": "belief-scaled", "relative": "on"}),
    (adaml, "adaml", {"lr": 0.02, "variant": "loss-damped", "gamma": 10, "phi": 2}),
    (lion, "lion", {"lr": 0.01}),
    (lion, "lion", {"lr": 0.01, "beta1": 0.95, "beta2": 0.98, "weight_decay": 0.5}),
    (adagrad_norm, "adagrad-norm", {"lr": 0.5}),
    (normalised, "subgradient", {"lr": 0.05, "normalised": "on"}),
    (polyak, "polyak", {"f_star": 0}),
    (polyak, "polyak", {"f_star": -1, "relax": 0.5}),
    (sps, "sps", {"f_star": 0, "gamma_b": 0.05}),
    (sps, "sps", {"f_star": -0.5, "c": 1, "eps": 1e-8}),
    (sps, "sps", {"f_star": 0, "c": 1, "smoothing": "on", "init_step_size": 1e-3}),
    (decsps, "decsps", {"f_star": 0}),
    (decsps, "decsps", {"f_star": -1, "c0": 2, "gamma_b": 0.02}),
    (momsps, "momsps", {"f_star": 0}),
    (momsps, "momsps", {"f_star": -1, "c": 2, "gamma_b": 0.02, "momentum": 0.5}),
    (ali_g, "ali-g", {"f_star": 0}),
    (ali_g, "ali-g", {"f_star": -1, "lr": 0.02, "momentum": 0.7, "max_norm": 2}),
    (momo, "momo", {"f_star": 0, "lr": 0.05}),
    (momo, "momo", {"f_star": -0.1, "bias_correction": "on"}),
    (momo, "momo", {"f_star": -1, "weight_decay": 0.1, "bias_correction": "on", "lr": 0.01}),
    (named("sam"), "sam", {"lr": 0.001}),
    (named("sam"), "sam", {"lr": 0.001, "momentum": 0, "lambd": 0.5, "weight_decay": 0.1}),
    (named("usam"), "usam", {"lr": 0.001, "rho": 0.001}),
    (named("sam-ps"), "sam-ps", {"f_star": 0}),
    (named("sam-ps"), "sam-ps", {"f_star": 0, "rho_decay": 0.5}),
    (named("usam-ps"), "usam-ps", {"f_star": 0, "rho": 0.002}),
    (named("sam-sps"), "sam-sps", {"f_star": 0}),
    (named("usam-sps"), "usam-sps", {"f_star": 0, "gamma_b": 0.01, "weight_decay": 0.1, "rho": 0.002}),
    (prox_sgd, "prox-sgd", {"lr": 0.001}),
    (prox_sgd, "prox-sgd", {"lr": 0.001, "l1": 10, "momentum": 0.5}),
    (prox_sgd_yang, "prox-sgd-yang", {}),
    (prox_sgd_yang, "prox-sgd-yang", {"count": "torch", "l1": 0.5, "lower": -1, "upper": 2}),
    (schedule_free_sgd, "schedule-free-sgd", {"lr": 0.002}),
    (schedule_free_sgd, "schedule-free-sgd", {"lr": 0.002, "momentum": 0.5, "weight_decay": 0.1,
                                              "warmup_steps": 7, "r": 1}),
    (schedule_free_adamw, "schedule-free-adamw", {"lr": 0.05}),
    (schedule_free_adamw, "schedule-free-adamw", {"lr": 0.05, "weight_decay": 0.1, "decay_at": "z",
                                                  "warmup_steps": 7, "weight_lr_power": 1}),
    (schedule_free_adamw, "schedule-free-adamw", {"lr": 0.05, "weight_decay": 0.1, "variant": "paper"}),
    (prodigy, "prodigy", {}),
    (prodigy, "prodigy", {"weight_decay": 0.1, "use_bias_correction": "on", "d_coef": 2}),
    (prodigy, "prodigy", {"weight_decay": 0.1, "decouple": "off", "safeguard_warmup": "on",
                          "growth_rate": 1.5, "lr": 0.5, "beta3": 0.9}),
    (d_adapt_sgd, "d-adapt-sgd", {}),
    (d_adapt_sgd, "d-adapt-sgd", {"momentum": 0.5, "weight_decay": 0.1, "lr": 0.3, "growth_rate": 1.5}),
    (d_adapt_adam, "d-adapt-adam", {}),
    (d_adapt_adam, "d-adapt-adam", {"weight_decay": 0.1, "decouple": "on", "use_bias_correction": "on",
                                    "growth_rate": 1.5}),
    (dog, "dog", {}),
    (dog, "dog", {"lr": 2, "reps_rel": 1e-2, "weight_decay": 0.1}),
    (dowg, "dowg", {}),
    (s_adam, "s-adam", {"directions": "axes", "lr": 0.02}),
    (s_adam, "s-adam", {"directions": "axes", "lr": 0.02, "k": 3, "variance": "population",
                        "bias_correction": "off", "delta": 0.05, "lambda": 0.5}),
    (s_adam, "s-adam", {"directions": "axes", "lr": 0.02, "k": 4, "interval": 3, "cap": 0.2,
                        "eps_hat": "off", "weight_decay": 0}),
    (s_adam, "s-adam", {"directions": "axes", "lr": 0.02, "index": "variance", "lambda": 0.01}),
    (s_adam, "s-adam", {"directions": "axes", "lr": 0.02, "index": "residual", "lambda": 0.1}),
    (s_adam, "s-adam", {"directions": "axes", "lr": 0.02, "index": "curvature", "lambda": 0.1}),
]


def trajectory(method, problem, options, moved=0.0):
    f, start, _ = PROBLEMS[problem]
    start = [v * (1 + moved) for v in start]
    points = {}
    for t, x in enumerate(method(f, start, options), 1):
        if t in STEPS:
            points[str(t)] = [float(v) for v in x]
        if t == max(STEPS) or not all(math.isfinite(v) for v in x):
            return points


def amplification(method, problem, options, points):
    """How much a relative change of the start has grown at the last step. Polyak's steps are chaotic
    where f_star is too low, or near a minimum that they overshoot: an ulp becomes the first digit."""
    last, moved = str(max(STEPS)), trajectory(method, problem, options, 1e-12)
    apart = max(abs(a - b) for a, b in zip(points[last], moved[last]))
    return apart / max(map(abs, points[last])) / 1e-12


def main():
    print('{"made by":"trajectories.py","problems":%s,"cases":[' % json.dumps(
        {name: {"start": start, "smooth": smooth} for name, (_, start, smooth) in PROBLEMS.items()}))
    lines = []
    for method, optimizer, options in CASES:
        typed = ",".join("%s=%s" % pair for pair in options.items())
        for problem in PROBLEMS:
            points = trajectory(method, problem, options)
            if str(max(STEPS)) not in points:
                sys.exit("%s:%s diverges on %s" % (optimizer, typed, problem))
            if amplification(method, problem, options, points) > 1e6:
                del points[str(max(STEPS))]  # says nothing of an implementation
            lines.append(json.dumps({"optimizer": optimizer, "options": typed, "problem": problem,
                                     "source": "PyTorch" if method in TORCH.values() else "naive",
                                     "x": points}))
    print(",\n".join(lines))
    print("]}")


if __name__ == "__main__":
    main()
