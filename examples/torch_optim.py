#!/usr/bin/env python3
"""PyTorch's optimizers as rivals: nsobench run --plugin torch_optim.py -O 'torch-*' ..."""
import nsobench
import nsobench.torch

for name in ("SGD", "Adam", "AdamW", "NAdam", "RAdam", "RMSprop", "Adagrad", "Adadelta", "Adamax", "ASGD",
             "Rprop", "LBFGS"):
    nsobench.torch.optimizer(name)
nsobench.main()
