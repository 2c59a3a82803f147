# What makes a run one of many on a cluster: the processors it may use, records that last. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-cluster.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
echo 1..3

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" 2>/dev/null | head -20
	fi
}
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }

if taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')" true 2>/dev/null; then
	one=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
	ok 'one processor in the mask is one worker' 'code 0 taskset -c "$one" $B run -P maxq -O sgd --budget 10 -q -o "$d/one" && grep -q "\"workers\":1," "$d/one/manifest.json"'
	ok '-j says otherwise' 'code 0 taskset -c "$one" $B run -P maxq -O sgd --budget 10 -q -j 2 -o "$d/two" && grep -q "\"workers\":2," "$d/two/manifest.json"'
else
	skip 'taskset is not there'
	skip 'taskset is not there'
fi
# under a sanitizer strace finds leaks that are none: the tracer is in the way of its own
if strace -f -o /dev/null true 2>/dev/null && ! grep -q -a __asan_init "$(command -v "$B")"; then
	ok 'records are put on the disk before the run ends, not one by one' 'code 0 strace -f -e trace=fdatasync,write -o "$d/calls" $B run -P maxq -O sgd -O adam --seeds 3 --noise 0.1 --budget 10 -q -j 1 -o "$d/disk" && syncs=$(grep -c "fdatasync(" "$d/calls") && [ "$syncs" -ge 1 ] && [ "$syncs" -lt 6 ]'
else
	skip 'strace cannot be used here'
fi
