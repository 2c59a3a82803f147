#!/usr/bin/env python3
"""Networks of one's own as problems: a small mlp and a small convolutional net on made images."""
import torch
from torch import nn

import nsobench
import nsobench.torch


def images(count=256, size=8, classes=4):
    """Bars of four directions under noise: (count, 1, size, size) and their classes."""
    torch.manual_seed(0)
    targets = torch.arange(count) % classes
    inputs = 0.5 * torch.randn(count, 1, size, size, dtype=torch.float64)
    for i, kind in enumerate(targets.tolist()):
        at = int(torch.randint(size, ()))
        if kind == 0:
            inputs[i, 0, at] += 1
        elif kind == 1:
            inputs[i, 0, :, at] += 1
        else:
            diagonal = torch.arange(size)
            inputs[i, 0, diagonal, (diagonal if kind == 2 else diagonal.flip(0)) + at - size] += 1
    return inputs, targets


def my_mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 4))


def my_conv():
    return nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(4, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Linear(32, 4))


data = images()
for model in (my_mlp, my_conv):
    nsobench.torch.problem(model, nn.functional.cross_entropy, data)
nsobench.main()
