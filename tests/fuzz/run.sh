#!/bin/sh
# run.sh -- fuzzes every data reader with clang's libFuzzer under ASan and UBSan, FUZZ_SECONDS (60) each,
# or those of FUZZ_READERS.
# usage: run.sh SOURCEDIR BUILDDIR; prints TAP. Part of `make bigcheck`; skips without clang.
src=$1 build=$2 seconds=${FUZZ_SECONDS:-60}
readers=${FUZZ_READERS:-"idx labels cifar10 cifar100 csv text gz libsvm"}
clang=
for c in clang-19 clang-16 clang-15 clang-14 clang; do
	command -v $c >/dev/null 2>&1 && clang=$c && break
done
if [ -z "$clang" ]; then
	echo "1..0 # SKIP no clang"
	exit 0
fi
dir=$build/fuzz
mkdir -p "$dir/seeds" || exit 1
printf '\000\000\010\003\000\000\000\001\000\000\000\001\000\000\000\002ab' >"$dir/seeds/idx"
printf '\000\000\010\001\000\000\000\010\000\001\002\003\004\005\006\007' >"$dir/seeds/labels"
printf '@x,y,k\n1,2.5,0\n-3e2,"4",red\n' >"$dir/seeds/csv"
printf '\220"a b";y\r\n1,5;2\r\n\r\n' >"$dir/seeds/csv2"
printf '@+1 qid:3 1:0.5 3:1 # a\n-1 2:1e-3\n' >"$dir/seeds/libsvm"
printf 'the quick brown fox jumps over the lazy dog' >"$dir/seeds/text"
gzip -c "$dir/seeds/csv" >"$dir/seeds/gz"
head -c 3073 /dev/zero >"$dir/seeds/cifar10"
head -c 3074 /dev/zero >"$dir/seeds/cifar100"
flags="-g -O1 -D_GNU_SOURCE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined"
flags="$flags -I$build -I$src -I$src/src $(pkg-config --cflags gsl zlib)"
libraries="$(pkg-config --libs gsl zlib) -lm"
objects=
for f in src/ground/data src/ground/random problems/rows problems/data/csv problems/data/fields problems/data/file \
	problems/data/labels problems/data/libsvm problems/data/read problems/data/samples \
	problems/data/standardise problems/network/data problems/network/dataset problems/network/folders \
	problems/network/readers problems/network/tables problems/network/generators \
	problems/network/glyphs; do
	o=$dir/$(echo $f | tr / -).o
	$clang $flags -c "$src/$f.c" -o "$o" || { echo "Bail out! $f.c does not compile"; exit 1; }
	objects="$objects $o"
done
set -- $readers
echo "1..$#"
number=0 bad=0
for r in $readers; do
	number=$((number + 1))
	if ! $clang $flags -fsanitize=fuzzer -DREADER=$r "$src/tests/fuzz/fuzz_readers.c" $objects \
		$libraries -o "$dir/$r" >"$dir/$r.log" 2>&1; then
		sed 's/^/# /' "$dir/$r.log"
		echo "not ok $number $r: does not compile"
		bad=1
		continue
	fi
	mkdir -p "$dir/corpus-$r"
	if (cd "$dir" && "./$r" -max_total_time="$seconds" -max_len=8192 -rss_limit_mb=2048 \
		"corpus-$r" seeds) >"$dir/$r.log" 2>&1; then
		echo "ok $number $r: $(sed -n 's/^#\([0-9]*\).*DONE *cov: \([0-9]*\).*/\1 inputs, \2 edges/p' "$dir/$r.log")"
	else
		tail -40 "$dir/$r.log" | sed 's/^/# /'
		echo "not ok $number $r: a finding, see $dir/$r.log"
		bad=1
	fi
done
exit $bad
