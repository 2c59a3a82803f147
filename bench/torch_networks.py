"""torch_networks.py -- the networks of bench_networks in PyTorch, one thread: milliseconds a step.
Prints "name milliseconds" lines; the driver runs it between its own measurements."""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(1)


class Round(torch.autograd.Function):
    """Fake quantiser with the straight-through estimator."""

    @staticmethod
    def forward(ctx, x, c, low, high):
        s = c / (x.abs().max() + 1e-5)
        return torch.clamp(torch.round(x * s), low, high) / s

    @staticmethod
    def backward(ctx, g):
        return g, None, None, None


def quantise(x):
    return Round.apply(x, 1.5, -2, 1)


class QatNet2(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.fc = nn.Linear(32 * 6 * 6, 100)

    def convolve(self, layer, x):
        x = F.conv2d(quantise(x), quantise(layer.weight), layer.bias)
        return F.max_pool2d(F.relu(x), 2)

    def forward(self, x):
        x = self.convolve(self.conv2, self.convolve(self.conv1, x))
        x = F.dropout(x.flatten(1), 0.25)
        return F.linear(x, quantise(self.fc.weight), self.fc.bias)


def mlp(*sizes):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def batches(rows, shape, classes, batch):
    """The steps' batches are gathered from a table, as a data loader does."""
    data = torch.randn(rows, *shape)
    labels = torch.randint(classes, (rows,))
    while True:
        pick = torch.randint(rows, (batch,))
        yield data[pick], labels[pick]


def adamw(net):
    return torch.optim.AdamW(net.parameters(), lr=1e-3)


def step_adamw(net, optimizer, x, y):
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()
    optimizer.step()


def step_s_adam(net, optimizer, x, y, k=4, delta=0.01, strength=2.0):
    """One gradient and k probes at radius delta; the step times exp(-lambda LGI)."""
    optimizer.zero_grad()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    parameters = list(net.parameters())
    centre = [p.detach().clone() for p in parameters]
    values = []
    with torch.no_grad():
        for _ in range(k):
            noise = [torch.randn_like(p) for p in parameters]
            norm = torch.sqrt(sum((v * v).sum() for v in noise))
            for p, c, v in zip(parameters, centre, noise):
                p.copy_(c + delta * v / norm)
            values.append(F.cross_entropy(net(x), y))
        for p, c in zip(parameters, centre):
            p.copy_(c)
    slopes = (torch.stack(values) - loss.detach()) / delta
    lgi = slopes.var(unbiased=True) / ((slopes * slopes).mean() + 1e-6)
    damp = torch.exp(-strength * lgi.clamp(max=10.0)).item()
    for group in optimizer.param_groups:
        group["lr"] = 1e-3 * damp
    optimizer.step()


def step_sam(net, optimizer, x, y, rho=0.05):
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()
    parameters = list(net.parameters())
    with torch.no_grad():
        norm = torch.sqrt(sum((p.grad * p.grad).sum() for p in parameters))
        moves = [rho * p.grad / (norm + 1e-12) for p in parameters]
        for p, m in zip(parameters, moves):
            p.add_(m)
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()
    with torch.no_grad():
        for p, m in zip(parameters, moves):
            p.sub_(m)
    optimizer.step()


def step_gradient(net, optimizer, x, y):
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()


def measure(name, net, optimizer, data, step, seconds):
    for _ in range(3):
        step(net, optimizer, *next(data))
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        x, y = next(data)
        begin = time.perf_counter()
        step(net, optimizer, x, y)
        times.append(time.perf_counter() - begin)
    times.sort()
    print(name, 1e3 * times[len(times) // 2], flush=True)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    wanted = sys.argv[2:]
    large, tiny, net2 = mlp(784, 256, 256, 10), mlp(2, 32, 32, 2), QatNet2()
    sgd = torch.optim.SGD(large.parameters(), lr=0.01)
    cases = [
        ("mlp-adamw", large, adamw(large), batches(4000, (784,), 10, 128), step_adamw),
        ("mlp-s-adam", large, adamw(large), batches(4000, (784,), 10, 128), step_s_adam),
        ("mlp-sam", large, sgd, batches(4000, (784,), 10, 128), step_sam),
        ("tiny-adamw", tiny, adamw(tiny), batches(2000, (2,), 2, 64), step_adamw),
        ("qatnet2-gradient", net2, None, batches(1000, (3, 32, 32), 100, 128), None),
    ]
    for name, net, optimizer, data, step in cases:
        if wanted and name not in wanted:
            continue
        if step is None:
            optimizer, step = adamw(net), step_gradient
        measure(name, net, optimizer, data, step, seconds)


print("version", torch.__version__)
main()
