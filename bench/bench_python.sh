#!/bin/sh
# bench_python.sh BUILD SOURCE -- what a problem costs from Python, over C.
NSOBENCH=$1/nsobench PYTHONPATH=$2/python PYTHONDONTWRITEBYTECODE=1
export NSOBENCH PYTHONPATH PYTHONDONTWRITEBYTECODE
for python in "${PYTHON:-python3}" /usr/bin/python3; do
	if "$python" -c 'import numpy, nsobench.find as f; open(f.library())' 2>/dev/null; then
		exec "$python" "$2/bench/python_calls.py"
	fi
done
echo "SKIP: no Python with numpy, or no shared library"
