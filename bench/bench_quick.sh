# bench_quick.sh BUILD SOURCE -- the quick suite with one and with two workers, in turn, wall seconds.
b=$1
d=$(mktemp -d) || exit 1
trap 'rm -rf "$d"' EXIT
now() { date +%s.%N; }
timed() { s=$(now); "$b/nsobench" run quick -j "$1" -q --force -o "$d/$1" >/dev/null 2>&1; e=$(now); echo "$e $s" | awk '{ printf "%.3f\n", $1 - $2 }'; }
for i in 1 2 3 4 5; do
	timed 1 >>"$d/one"
	timed 2 >>"$d/two"
done
median() { sort -n "$1" | sed -n 3p; }
one=$(median "$d/one")
two=$(median "$d/two")
echo "$one $two" | awk '{ printf "quick suite     %.2f s with one worker, %.2f s with two: %.2f times (medians of 5 in turn)\n", $1, $2, $1 / $2 }'
