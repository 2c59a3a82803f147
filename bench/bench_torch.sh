#!/bin/sh
# bench_torch.sh BUILD SOURCE -- the steps of bench_optimizers beside PyTorch's, where it is installed.
for python in "${PYTHON:-python3}" /usr/bin/python3; do
	if "$python" -c 'import torch' 2>/dev/null; then
		exec "$python" "$2/bench/torch_step.py" "$1/bench/bench_optimizers"
	fi
done
echo "SKIP: no PyTorch"
