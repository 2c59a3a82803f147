# torch.optim and torch's networks, scipy.optimize: as plug-ins, beside the suite's own. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-torch.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
srcdir=${srcdir:-.}
E=$srcdir/examples
python=$(sed -n 's/#define PYTHON "\(.*\)"/\1/p' src/build.h)
has_module() { "$python" -c "import numpy, $1" 2>/dev/null; }
has_module torch || { echo "1..0 # SKIP no PyTorch for $python"; exit 0; }
echo 1..9

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" "$d/out" 2>/dev/null | head -20
	fi
}
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }

ten='SGD Adam AdamW NAdam RAdam RMSprop Adagrad ASGD Rprop LBFGS'
all=
for name in $ten; do all="$all -O torch-$(echo $name | tr A-Z a-z)"; done
# LBFGS takes a millisecond an evaluation, in torch alone too: the whole budget is for bigcheck
budget='--budget 200'
[ -z "$NSOBENCH_BIG" ] || budget=
code 0 $B run quick --plugin torch_optim.py $all $budget -j 2 -q -o "$d/q"
ok 'ten of torch.optim on the whole quick suite: none fails' '[ "$got" = 0 ] && ! grep -Eq "\"status\":\"(failed|crashed|timeout|memory|skipped)\"" "$d/q/runs.jsonl"'
ok 'each on each' '[ "$(sed "s/.*\"optimizer\":{\"name\":\"\([^\"]*\).*/\1/" "$d/q/runs.jsonl" | sort | uniq -c | awk "{ print \$1 }" | uniq -c | awk "{ print \$1, (\$2 >= 54) }")" = "10 1" ]'

T='-P maxq -P maxl -P chained-lq -P chained-cb3-1 -P chained-mifflin2 -P l1-norm -P lasso -P rosenbrock -P mxhilb -P brown2 --steps 100 --budget 1e6 --trace all --record x --measure none -q'
own='' theirs=''
for m in sgd:lr=0.001 sgd:lr=0.001,momentum=0.9 adam:lr=0.01 adamw:lr=0.01 rmsprop:lr=0.01 adagrad:lr=0.01; do
	own="$own -O $m"
	theirs="$theirs -O torch-$m"
done
own="$own -O radam:lr=0.001,variant=torch"
theirs="$theirs -O torch-radam:lr=0.001"
code 0 $B run $T $own -o "$d/c"
code 0 $B run $T --plugin "$E/torch_optim.py" $theirs -o "$d/t"
ok 'SGD, Adam, AdamW, RAdam, RMSprop, Adagrad: the suite and torch take the same steps' '"$python" "$srcdir/tests/run/trajectories.py" "$d/c" "$d/t" 1e-9 >"$d/out" && grep -q "^70 runs, 10 problems" "$d/out"'
# before version 2 torch multiplied one factor of NAdam twice
if "$python" -c 'import sys, torch; sys.exit(int(torch.__version__.split(".")[0]) < 2)'; then
	code 0 $B run $T -O nadam:lr=0.01 -o "$d/cn"
	code 0 $B run $T --plugin "$E/torch_optim.py" -O torch-nadam:lr=0.01 -o "$d/tn"
	ok 'NAdam too' '"$python" "$srcdir/tests/run/trajectories.py" "$d/cn" "$d/tn" 1e-6 >"$d/out"'
else
	skip 'NAdam too' "torch $("$python" -c 'import torch; print(torch.__version__)') has one factor twice"
fi
ok 'a schedule reaches the groups of parameters' 'code 0 $B run $T --schedule cosine -O sgd:lr=0.001 -o "$d/cs" && code 0 $B run $T --schedule cosine --plugin "$E/torch_optim.py" -O torch-sgd:lr=0.001 -o "$d/ts" && "$python" "$srcdir/tests/run/trajectories.py" "$d/cs" "$d/ts" 1e-9 >"$d/out"'

N="--plugin $E/torch_networks.py --plugin $E/torch_optim.py -P my-mlp -P my-conv -O adamw:lr=0.003 -O torch-adamw:lr=0.003 --steps 100 --budget 1e6 --trace all -q"
ok 'AdamW built in and torch'"'"'s on networks of torch: losses within 1e-6 over 100 steps' 'code 0 $B run $N -o "$d/n1" && "$python" "$srcdir/tests/run/networks.py" "$d/n1" 1e-6 >"$d/out"'
ok 'with mini-batches and dropout' 'code 0 $B run $N --batch 32 -j 2 -o "$d/n2" && "$python" "$srcdir/tests/run/networks.py" "$d/n2" 1e-6 >"$d/out" && grep -q "\"score\":\[0\." "$d/n2/runs.jsonl"'

ok 'check of the networks' 'code 0 $B check "$E/torch_networks.py"'

if has_module scipy; then
	ok 'scipy.optimize.minimize: eight methods, none fails, budgets hold' 'code 0 $B run --plugin "$E/scipy_minimize.py" -P maxq -P lasso -P rosenbrock -P chained-lq -O "scipy-*" --budget 500 -j 2 -q -o "$d/s" && [ "$(wc -l <"$d/s/runs.jsonl")" = 32 ] && ! grep -Eq "\"status\":\"(failed|crashed|skipped)\"" "$d/s/runs.jsonl" && grep -q "\"status\":\"converged\"" "$d/s/runs.jsonl" && ! grep -Eq "\"work\":(50[3-9]|5[1-9][0-9]|[6-9][0-9][0-9]|[0-9]{4,})," "$d/s/runs.jsonl"'
else
	skip 'scipy.optimize.minimize' 'no SciPy'
fi
