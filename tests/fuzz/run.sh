#!/bin/sh
# run.sh -- fuzzes every reader with clang's libFuzzer under ASan and UBSan, FUZZ_SECONDS (60) each, or those of
# FUZZ_TARGETS; FUZZ_SEEDS names files that are seeds besides.
# usage: run.sh SOURCEDIR BUILDDIR; prints TAP. Part of `make bigcheck`; skips without clang.
src=$1 build=$2 seconds=${FUZZ_SECONDS:-60}
clang=
for c in clang-19 clang-16 clang-15 clang-14 clang; do
	command -v $c >/dev/null 2>&1 && clang=$c && break
done
if [ -z "$clang" ]; then
	echo "1..0 # SKIP no clang"
	exit 0
fi
dir=$build/fuzz
mkdir -p "$dir/build" || exit 1
sanitize="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
if ! (cd "$dir/build" && "$src/configure" -q CC=$clang CPPFLAGS=-DFUZZED PYTHON=: \
	CFLAGS="-g -O1 -fsanitize=fuzzer-no-link $sanitize" >/dev/null &&
	make -s tests/fuzz/fuzz AM_LDFLAGS=-fsanitize=fuzzer) >"$dir/build.log" 2>&1; then
	tail -20 "$dir/build.log" | sed 's/^/# /'
	echo "Bail out! the fuzzer does not compile"
	exit 1
fi
# shellcheck disable=SC2086
rm -rf "$dir/seeds" && sh "$src/tests/fuzz/seeds.sh" "$src" "$build/nsobench" "$dir/seeds" $FUZZ_SEEDS || exit 1
targets=${FUZZ_TARGETS:-$(cd "$dir/seeds" && ls -d ./*/ | tr -d ./)}
# shellcheck disable=SC2086
set -- $targets
echo "1..$#"
number=0 bad=0
for t in $targets; do
	number=$((number + 1))
	mkdir -p "$dir/corpus-$t" "$dir/work-$t"
	if (cd "$dir/work-$t" && FUZZ_TARGET=$t ../build/tests/fuzz/fuzz -max_total_time="$seconds" -max_len=16384 \
		-timeout=60 -rss_limit_mb=3072 -dict=../seeds/words "../corpus-$t" "../seeds/$t") >"$dir/$t.log" 2>&1; then
		echo "ok $number $t: $(sed -n 's/^#\([0-9]*\).*DONE *cov: \([0-9]*\).*/\1 inputs, \2 edges/p' "$dir/$t.log")"
	else
		tail -40 "$dir/$t.log" | sed 's/^/# /'
		echo "not ok $number $t: a finding, see $dir/$t.log and $dir/work-$t"
		bad=1
	fi
done
exit $bad
