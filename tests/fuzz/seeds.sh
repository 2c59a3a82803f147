#!/bin/sh
# seeds.sh -- one folder of seeds for each target of the fuzzer, and a dictionary of the keys of our files.
# usage: seeds.sh SOURCEDIR NSOBENCH OUTDIR [FILE...]; more seeds are taken by the ending of their names.
src=$1 nso=$2 out=$3
shift 3
for t in idx labels cifar10 cifar100 csv libsvm text gz suite claim records expression; do
	mkdir -p "$out/$t" || exit 1
done
printf '\000\000\010\003\000\000\000\001\000\000\000\001\000\000\000\002ab' >"$out/idx/seed"
printf '\000\000\010\001\000\000\000\010\000\001\002\003\004\005\006\007' >"$out/labels/seed"
printf '@x,y,k\n1,2.5,0\n-3e2,"4",red\n' >"$out/csv/seed"
printf '\220"a b";y\r\n1,5;2\r\n\r\n' >"$out/csv/decimal-comma"
printf '@+1 qid:3 1:0.5 3:1 # a\n-1 2:1e-3\n' >"$out/libsvm/seed"
printf 'the quick brown fox jumps over the lazy dog' >"$out/text/seed"
gzip -c "$out/csv/seed" >"$out/gz/seed"
head -c 3073 /dev/zero >"$out/cifar10/seed"
head -c 3074 /dev/zero >"$out/cifar100/seed"
cp "$src"/suites/*.json "$out/suite"
cp "$src"/claims/*.json "$src"/tests/study/claims/*.json "$out/claim"
"$nso" run -q -P cb2 -P l1-norm:n=2 -O adam -O sgd:lr=0.1 --seeds 2 --instances 0-1 --steps 20 \
	--trace every:5 -o "$out/run" >/dev/null 2>&1 || exit 1
cp "$out/run/runs.jsonl" "$out/records/seed"
head -2 "$out/run/runs.jsonl" | gzip -c >"$out/records/gz"
head -1 "$out/run/runs.jsonl" >"$out/records/one"
rm -rf "$out/run"
n=0
cat "$src"/claims/*.json | grep -oE '"(quantity|bound|factor|below|steps)": *"[^"]*"' |
	sed 's/^[^:]*: *"//;s/"$//' | sort -u | while read -r line; do
	n=$((n + 1))
	printf '%s' "$line" >"$out/expression/$n"
done
for f in "$@"; do
	name=$(echo "$f" | tr / _)
	case $f in
	*.jsonl | *.jsonl.gz) cp "$f" "$out/records/$name" ;;
	*claim*.json) cp "$f" "$out/claim/$name" ;;
	*.json) cp "$f" "$out/suite/$name" ;;
	*.csv | *.csv.gz) (printf '@'; cat "$f") >"$out/csv/$name" ;;
	*.libsvm | *.libsvm.gz) (printf '@'; cat "$f") >"$out/libsvm/$name" ;;
	esac
done
cat "$src"/suites/*.json "$src"/claims/*.json "$out/records/one" | grep -oE '"[a-z0-9_.-]+"' | sort -u |
	sed 's/"\(.*\)"/"\\"\1\\""/' >"$out/words"
