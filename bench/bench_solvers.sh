# bench_solvers.sh BUILD SOURCE [PAGE] -- our methods beside SciPy's and NLopt's: oracle calls and seconds to 1e-6, the
# table of docs/solvers.md (about five minutes; `make -C build solvers` writes the page).
OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
export OPENBLAS_NUM_THREADS PYTHONDONTWRITEBYTECODE
for python in "${PYTHON:-python3}" /usr/bin/python3; do
	if "$python" -c 'import numpy, scipy' 2>/dev/null; then
		exec "$python" "$2/bench/solvers.py" "$@"
	fi
done
echo "SKIP: no Python with numpy and scipy"
