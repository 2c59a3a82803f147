# The fuzzer's short form: every seed as it is and some changed ones, the same every time. The long one is run.sh.
nso=`pwd`/nsobench fuzz=`pwd`/tests/fuzz/fuzz
src=`cd "$srcdir" && pwd`
dir=`mktemp -d ./fuzz-short-XXXXXX` || exit 99
cd "$dir" || exit 99
sh "$src/tests/fuzz/seeds.sh" "$src" "$nso" seeds || { echo "Bail out! no seeds"; exit 99; }
n=0 bad=0
for t in `cd seeds && ls -d */ | tr -d /`; do
	n=`expr $n + 1`
	if "$fuzz" $t ${FUZZ_RUNS-500} seeds/$t/* >out.log 2>&1; then
		echo "ok $n - $t"
	else
		echo "not ok $n - $t: see $dir/$t.last"; sed 's/^/# /' out.log; bad=1
	fi
done
cd ..; test $bad = 1 || rm -rf "$dir"
echo "1..$n"
