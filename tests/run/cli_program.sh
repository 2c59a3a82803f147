# Plug-ins that are programs: what they bring, what they break, and that the same method in C and in Python
# takes the same steps. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-program.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
srcdir=${srcdir:-.}
E=$srcdir/examples
F=$srcdir/tests/plugins/faults.py
python=$(sed -n 's/#define PYTHON "\(.*\)"/\1/p' src/build.h)
if ! "$python" -c 'import sys, numpy; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
	echo "1..0 # SKIP no Python 3.9 with numpy"
	exit 0
fi
echo 1..43

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" "$d/out" 2>/dev/null | head -20
	fi
}
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }
says() { grep -q -- "$1" "$d/err"; }
has() { grep -q -- "\"status\":\"$2\",\"reason\":\"[^\"]*$3" "$d/$1/runs.jsonl"; }
bare() { sed -E 's/"seconds":\{[^}]*\}//; s/"peak_rss_kib":[0-9]+//' "$1/runs.jsonl" | sort; }

# ------------------------------------------------------------------ what it is

ok 'show tells what a program says' 'code 0 $B show --plugin "$E/heavy_ball.py" heavy-ball && grep -q "Polyak 1964" "$d/out" && grep -q "^  beta  *0.9" "$d/out"'
ok 'list too' 'code 0 $B list --plugin "$E/own_methods.py" && grep -q my-s-adam "$d/out"'
cp "$E/heavy_ball.py" "$d/plain.py" && chmod -x "$d/plain.py"
ok 'a first line #! is enough' 'code 0 $B show --plugin "$d/plain.py" heavy-ball'
sed 1d "$E/heavy_ball.py" >"$d/bare.py"
ok 'so is the ending .py' 'code 0 $B show --plugin "$d/bare.py" heavy-ball'
sed '/^nsobench.main/d' "$E/heavy_ball.py" >"$d/open.py"
ok 'a file that forgets main() is served all the same' 'code 0 $B show --plugin "$d/open.py" heavy-ball'
ok 'started by hand it says what it is for' 'PYTHONPATH=$srcdir/python code 0 "$python" "$E/heavy_ball.py" && grep -q "is a plug-in with heavy-ball" "$d/out"'
echo text >"$d/text"
ok 'a text is refused' 'code 3 $B list --plugin "$d/text" && says "neither a shared object nor a program"'
ok 'a file that is not there' 'code 3 $B list --plugin "$d/none.py" && says "none.py"'
printf '#!/bin/sh\necho no such thing >&2\nexit 5\n' >"$d/other.sh"
ok 'a program that speaks another language' 'code 3 $B list --plugin "$d/other.sh" && says "exit code 5; its last lines: no such thing"'
printf '#!/bin/sh\nprintf "%%064d" 0 >&3\nsleep 60\n' >"$d/noise.sh"
ok 'one that answers nonsense' 'code 3 $B list --plugin "$d/noise.sh" && says "does not speak nsobench-wire/1"'
{ cat "$E/heavy_ball.py" | sed '/^nsobench.main/d'; echo 'raise RuntimeError("broken here")'; } >"$d/broken.py"
ok 'an error in the file is shown' 'code 3 $B list --plugin "$d/broken.py" && says "broken here"'
sed 's/lr=0.01/lr=nsobench.option(0.01, max=0.001)/' "$E/heavy_ball.py" >"$d/range.py"
ok 'a default out of its range' 'code 3 $B list --plugin "$d/range.py" && says "lr"'
sed 's/reference=/needs="subgradeint", reference=/' "$E/heavy_ball.py" >"$d/needs.py"
ok 'a misspelt need names line and word' 'code 3 $B list --plugin "$d/needs.py" && says "line [0-9]* .*did you mean .subgradient."'
sed 's/def heavy_ball/def adam/' "$E/heavy_ball.py" >"$d/adam.py"
ok 'a name that is taken' 'code 3 $B list --plugin "$d/adam.py" && says "named .adam. is there already"'

# ------------------------------------------------------------------ runs

R='--plugin "$E/heavy_ball.py" -P maxq -P chained-lq:n=10 -O heavy-ball -O heavy-ball:beta=0.5 -O adam --budget 300 -q'
ok 'a run' 'eval code 0 \$B run $R -j 1 -o "$d/one" && [ "$(wc -l <"$d/one/runs.jsonl")" = 6 ]'
ok '-j 2 gives the same records' 'eval code 0 \$B run $R -j 2 -o "$d/two" && [ "$(bare "$d/one")" = "$(bare "$d/two")" ]'
ok 'the socket alone too' 'export NSOBENCH_MAILBOX=0; eval code 0 \$B run $R -j 2 -o "$d/socket"; r=$?; unset NSOBENCH_MAILBOX; [ $r = 0 ] && [ "$(bare "$d/one")" = "$(bare "$d/socket")" ]'
head -c -200 "$d/two/runs.jsonl" >"$d/torn" && mv "$d/torn" "$d/two/runs.jsonl"
ok '--resume runs what is missing' 'eval code 0 \$B run $R -j 2 -o "$d/two" --resume && [ "$(bare "$d/one")" = "$(bare "$d/two")" ]'
for i in 1 2; do eval $B run $R -o "$d/s$i" --shard $i/2 >/dev/null 2>&1; done
ok 'shards are the whole' 'code 0 $B merge "$d/s1" "$d/s2" -o "$d/m" && [ "$(bare "$d/one")" = "$(bare "$d/m")" ]'
ok 'schedule, average, noise and a target' 'code 0 $B run --plugin "$E/heavy_ball.py" -P lasso -O heavy-ball:lr=0.001 --schedule cosine --average uniform --noise 0.01 --steps 50 -o "$d/sched" -q && grep -q "\"average\":\[" "$d/sched/runs.jsonl"'
ok 'mini-batches' 'code 0 $B run --plugin "$E/own_methods.py" -P svm:m=50,n=5 -O my-s-adam --batch 10 --epochs 3 -o "$d/mb" -q && grep -q "\"steps\":15," "$d/mb/runs.jsonl"'
ok 'columns of its own' 'grep -q "\"lgi\":\[null,[0-9]" "$d/mb/runs.jsonl"'
ok 'a problem of its own with all that a run can measure' 'code 0 $B run --plugin "$F" -P bowl -O adam -O heavy-ball --plugin "$E/heavy_ball.py" --budget 500 -j 2 -o "$d/bowl" -q && [ "$(grep -c "\"status\":\"budget\"" "$d/bowl/runs.jsonl")" = 2 ]'
ok 'eval' 'echo "1 2 3 4" | $B eval --plugin "$F" bowl >"$d/out" 2>"$d/err" && grep -q "\"f\":15,\"g\":\[1,2,3,4\]" "$d/out"'
ok 'check of the method' 'code 0 $B check --plugin "$E/heavy_ball.py" heavy-ball'
ok 'check of the problem' 'code 0 $B check --plugin "$F" bowl'

# ------------------------------------------------------------------ faults

M='-O raises -O sleeps -O is-killed -O segfaults -O exits -O prints -O wrong-shape -O writes-nan -O forks -O leaves-a-child -O asks-what-there-is-not -O asks-out-of-memory -O miscounts -O sends-rubbish -O strange-status -O wrong-x -O choosy:p=2 -O hogs -O adam'
code 1 $B run --plugin "$F" -P maxq:n=10 $M --budget 2000 --timeout 5 --memory 400 -j 2 -q -o "$d/f"
ok 'every fault costs one record, and the run ends with 1' '[ "$got" = 1 ] && [ "$(wc -l <"$d/f/runs.jsonl")" = 19 ]'
ok 'raises: the exception and where' 'has f failed "ValueError: boom (faults.py:"'
ok 'sleeps: timeout, with its last lines' 'has f timeout "longer than 5 s; its last lines: going to sleep"'
ok 'is killed: the signal, with its last lines' 'has f crashed "signal 9 (Killed); its last lines: the last words"'
ok 'ends: the exit code' 'has f crashed "exit code 7"'
ok 'crashes: the signal' 'has f crashed "signal 11"'
ok 'one MB on stdout harms nothing' 'grep "\"name\":\"prints\"" "$d/f/runs.jsonl" | grep -q "\"status\":\"budget\",\"steps\":2000" && [ "$(wc -c <"$d/out")" -lt 500 ]'
ok 'wrong shapes' 'has f failed "a point of shape (11,), expected (10,)" && has f failed "x of shape (9,), expected (10,)"'
ok 'NaN in x' 'has f diverged "step 6 left -*nan in x\[1\]"'
ok 'forks: the copy is not heard' 'grep "\"name\":\"forks\"" "$d/f/runs.jsonl" | sed "s/forks//g; s/Forks//g" >"$d/forked" && grep -q "\"status\":\"budget\",\"steps\":2000" "$d/forked"'
ok 'nonsense: frames, places, counts' 'has f failed "asked what there is not: verb 99" && has f failed "asked what there is not: verb 41" && has f failed "frame [0-9]* came where"'
ok 'memory' 'has f memory "more than 400 MiB" || has f crashed MemoryError || has f failed MemoryError'
ok 'what it refuses is skipped with its reason' 'has f skipped "p is 2.0, expected at most 1"'
sleep 0.3
ok 'nothing is left running' '! ps -eo args | grep -F "$F" | grep -v grep | grep -q python'
code 1 $B run --plugin "$F" -P no-bowl -P choosy-bowl -P broken-bowl -P dying-bowl -P nan-bowl -P huge-bowl -P bowl -O sgd:lr=0.1 --budget 200 --timeout 5 -j 2 -q -o "$d/p"
ok 'faults of problems: one record each' '[ "$got" = 1 ] && has p failed "RuntimeError: no such bowl" && has p skipped "n must be even" && has p failed "gradient of shape (3,), expected (4,)" && has p crashed "exit code 9; its last lines: goodbye" && has p diverged "a value is -*nan" && has p failed "fact .n. is .-3" && grep -q "\"status\":\"budget\"" "$d/p/runs.jsonl"'

# ------------------------------------------------------------------ the same steps

T='-P maxq -P maxl -P chained-lq -P chained-cb3-1 -P chained-mifflin2 -P l1-norm -P lasso -P rosenbrock -P mxhilb -P brown2 --steps 100 --budget 1e6 --trace all --record x --measure none -q'
code 0 $B run $T -O adam:lr=0.01 -O polyak --plugin tests/plugins/heavy_ball.so -O heavy-ball -o "$d/c1"
code 0 $B run $T --plugin "$E/own_methods.py" --plugin "$E/heavy_ball.py" -O my-adam:lr=0.01 -O my-polyak -O heavy-ball -o "$d/p1"
ok 'heavy ball, Adam and Polyak in C and in Python: 1e-12 on ten problems' '"$python" "$srcdir/tests/run/trajectories.py" "$d/c1" "$d/p1" 1e-12 >"$d/out" && grep -q "^30 runs, 10 problems" "$d/out"'
code 0 $B run $T --plugin tests/plugins/twins.so -O my-s-adam -o "$d/c2"
code 0 $B run $T --plugin "$E/own_methods.py" -O my-s-adam -o "$d/p2"
ok 'S-Adam too, with the same random directions' '"$python" "$srcdir/tests/run/trajectories.py" "$d/c2" "$d/p2" 1e-12 >"$d/out" && grep -q "^10 runs, 10 problems" "$d/out"'
