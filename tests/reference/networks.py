"""networks.py -- writes networks.txt: losses, gradients, AdamW steps and quantised values of PyTorch.

    /usr/bin/python3 tests/reference/networks.py > tests/reference/networks.txt

Debian 12's python3-torch 1.13.0a0 made the file that is committed. Each line: a name, a count, the
numbers. Weights and data come from one linear congruential generator, so they are not stored.
Parameters stand in nsobench's order: convolutions as [out][y][x][in], rows as [y][x][channel]."""
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


class Numbers:
    """In [-1, 1), exact in double: Knuth's MMIX generator, upper 31 bits."""

    def __init__(self, seed):
        self.state = seed

    def take(self, *shape):
        out = []
        for _ in range(torch.Size(shape).numel()):
            self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
            out.append((self.state >> 33) / 2**30 - 1)
        return torch.tensor(out).reshape(*shape)


class Quantise(torch.autograd.Function):
    """Rounds halves to even; the derivative is the identity."""

    @staticmethod
    def forward(ctx, x, c, low, high):
        s = c / (x.abs().max() + 1e-5)
        return torch.clamp(torch.round(x * s), low, high) / s

    @staticmethod
    def backward(ctx, g):
        return g, None, None, None


class Convolve(torch.autograd.Function):
    """Convolution of the levels, whole numbers: sums are exact, so that of equal maxima after it the
    first is chosen; with quantised values rounding would choose. Straight-through backward."""

    @staticmethod
    def forward(ctx, x, w, padding, c, low, high):
        sx, sw = c / (x.abs().max() + 1e-5), c / (w.abs().max() + 1e-5)
        lx, lw = torch.clamp(torch.round(x * sx), low, high), torch.clamp(torch.round(w * sw), low, high)
        ctx.save_for_backward(lx / sx, lw / sw)
        ctx.padding = padding
        return torch.round(F.conv2d(lx, lw, padding=padding)) / (sx * sw)

    @staticmethod
    def backward(ctx, g):
        x, w = ctx.saved_tensors
        return (torch.nn.grad.conv2d_input(x.shape, w, g, padding=ctx.padding),
                torch.nn.grad.conv2d_weight(x, w.shape, g, padding=ctx.padding),
                None, None, None, None)


BITS = {2: (1.5, -2, 1), 4: (7, -8, 7), 8: (127, -128, 127)}


def q(x, bits):
    return Quantise.apply(x, *BITS[bits]) if bits else x


def write(name, numbers):
    flat = numbers.detach().reshape(-1).tolist() if torch.is_tensor(numbers) else numbers
    print(name, len(flat), " ".join(repr(float(v)) for v in flat))


def dense(p, x, bits=0):
    return F.linear(x, q(p[0], bits), p[1])


def convolve(p, x, padding, bits):
    """x is [row][channel][y][x]; the weights are ours."""
    w = p[0].permute(0, 3, 1, 2)
    if bits:
        x = Convolve.apply(x, w, padding, *BITS[bits]) + p[1].reshape(-1, 1, 1)
    else:
        x = F.conv2d(x, w, p[1], padding=padding)
    return F.max_pool2d(F.relu(x), 2)


def mlp(p, x):
    for i in range(0, len(p) - 2, 2):
        x = F.relu(dense(p[i:i + 2], x))
    return dense(p[-2:], x)


def images(p, x, padding, bits):
    x = x.permute(0, 3, 1, 2)
    for i in range(0, len(p) - 2, 2):
        x = convolve(p[i:i + 2], x, padding, bits)
    return dense(p[-2:], x.permute(0, 2, 3, 1).flatten(1), bits)


def mlp_shapes(*sizes):
    return [s for a, b in zip(sizes, sizes[1:]) for s in ((b, a), (b,))]


def image_shapes(channels, last, classes):
    shapes = []
    for a, b in zip(channels, channels[1:]):
        shapes += [(b, 3, 3, a), (b,)]
    return shapes + [(classes, last), (classes,)]


def parameters(numbers, shapes):
    """Uniform within 1/sqrt(fan in), the fan of the weights for their biases too."""
    out, fan = [], 1
    for s in shapes:
        if len(s) > 1:
            fan = torch.Size(s[1:]).numel()
        out.append((numbers.take(*s) / fan ** 0.5).requires_grad_())
    return out


def case(name, net, shapes, data, classes, whole, seed):
    numbers = Numbers(seed)
    x = 2 * numbers.take(*data)
    y = torch.arange(data[0]) % classes
    p = parameters(numbers, shapes)
    loss = F.cross_entropy(net(p, x), y)
    loss.backward()
    write(name + ".loss", [loss.item()])
    if whole:
        write(name + ".gradient", torch.cat([v.grad.reshape(-1) for v in p]))
        return
    directions = Numbers(seed + 1)
    for i, v in enumerate(p):
        d = directions.take(*v.shape)
        write("%s.block%d" % (name, i), [v.grad.norm().item(), (v.grad * d).sum().item()])


def steps(name, net, shapes, data, classes, seed):
    numbers = Numbers(seed)
    x = 2 * numbers.take(*data)
    y = torch.arange(data[0]) % classes
    p = parameters(numbers, shapes)
    optimizer = torch.optim.AdamW(p, lr=1e-2, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2)
    for _ in range(20):
        optimizer.zero_grad()
        F.cross_entropy(net(p, x), y).backward()
        optimizer.step()
    write(name + ".x", torch.cat([v.reshape(-1) for v in p]))


def quantiser(bits):
    """In `ties` the largest is c - 1e-5, so that s = 1 and halves are ties."""
    c = BITS[bits][0]
    halves = [k + 0.5 for k in range(7) if k + 0.5 < c - 0.1]
    ties = [c - 1e-5, 1, -1, 0.25, -0.75, 0] + halves + [-h for h in halves]
    some = [0.3, -1.9, 0.01, 1.2, -0.633, 1.7, -1.3]
    for name, values in (("ties", ties), ("some", some)):
        for dtype in (torch.float64, torch.float32):
            x = torch.tensor(values, dtype=dtype)
            tag = "quantiser%d.%s.%d" % (bits, name, 64 if dtype == torch.float64 else 32)
            write(tag + ".in", x)
            write(tag + ".out", q(x, bits))


def main():
    small, net2 = image_shapes((2, 4, 6), 6, 5), image_shapes((3, 16, 32), 32 * 36, 100)
    case("mlp", mlp, mlp_shapes(6, 8, 7, 4), (9, 6), 4, True, 11)
    case("cnn", lambda p, x: images(p, x, 1, 0), image_shapes((2, 4, 6), 24, 5), (7, 8, 8, 2), 5,
         True, 12)
    case("qatnet", lambda p, x: images(p, x, 0, 2), small, (7, 10, 10, 2), 5, True, 13)
    case("qatnet4", lambda p, x: images(p, x, 0, 4), small, (7, 10, 10, 2), 5, True, 14)
    case("qatnet2", lambda p, x: images(p, x, 0, 2), net2, (4, 32, 32, 3), 100, False, 15)
    steps("adamw", mlp, mlp_shapes(6, 8, 7, 4), (9, 6), 4, 16)
    for bits in BITS:
        quantiser(bits)


main()
