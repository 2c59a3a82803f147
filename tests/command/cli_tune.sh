# tune through the real program: equal trials, fresh runs, a suite that runs again, flags, refusals.
nso=`pwd`/nsobench
dir=`mktemp -d ./cli-tune-XXXXXX` || exit 99
cd "$dir" || exit 99
GNUPLOT=${GNUPLOT-gnuplot}; export GNUPLOT
n=0
t() { n=`expr $n + 1`; if eval "$2" >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err.log; fi; }
tune() { "$nso" tune -q --budget 200 --tune-seeds 1 --seeds 1 "$@"; s=$?; (gnuplot --version) >/dev/null 2>&1 || test $s != 4 || s=0; return $s; }

t 'a search writes records, suite and table' 'tune -P cb2 -P cb3 -O adam -O polyak --trials 5 -o a >a.txt && test -s a/runs.jsonl && grep -q "adam:lr=" a/tuned.json'
t 'each method with the option gets the same trials' 'test `grep -c "\"name\":\"adam\"" a/trials/runs.jsonl` = 20 && test `grep -c "\"name\":\"polyak\"" a/trials/runs.jsonl` = 4'
t 'what is reported comes from other instances' '! grep -E "\"instance\":[12]," a/runs.jsonl && grep -q "\"instance\":3," a/runs.jsonl'
t 'a method without the option is marked' 'grep "^Polyak" a.txt | grep -q "nothing to search"'
t 'the page of the fresh runs lies beside them' 'grep -q "Expected cost to the target" a/report.html && ! grep -q "<noscript><meta" a/report.html && grep -q "<td>Polyak" a/report.html'
t 'the suite runs again' '"$nso" run a/tuned.json --dry-run | grep -q "^20 runs"'
t 'the best at an edge is flagged' 'tune -P cb2 -O adam --search lr=1e-9..1e-7 --trials 3 -o b >b.txt && grep -q "high edge" b.txt'
t 'a tuned setting that is worse shows as worse' 'awk "/^Adam/ { exit !(\$4 <= \$5) }" b.txt'
t 'the folder holds the tuned settings alone, those as given lie beside' 'test `grep -c . b/runs.jsonl` = `grep -c . b/given/runs.jsonl` && grep -q "\"lr\":1e-0*7" b/runs.jsonl && ! grep -q "\"lr\":1e-0*7" b/given/runs.jsonl'
t 'tuned worse than given is loud in print' 'grep -q "TUNED IS WORSE" b.txt'
t 'and in summary and report, with the edge' '"$nso" summary b 2>s.err && grep -q "TUNED IS WORSE" s.err && grep -q "edge of what was searched" s.err && { GNUPLOT=none "$nso" report b >/dev/null 2>&1; grep -q "TUNED IS WORSE" b/report.html; }'
t 'tuned better than given says nothing of it' '"$nso" summary a 2>s.err; ! grep -q "TUNED IS WORSE" s.err a.txt'
t 'counts that fall end the curve, said aloud' 'mkdir fallen && sed "s/\"value\":\[0,/\"value\":[9e9,/; s/\"value\":\[1,/\"value\":[9e9,/" a/runs.jsonl >fallen/runs.jsonl && "$nso" summary fallen 2>s.err; grep -q "counts that fall" s.err'
t 'halving runs fewer trials on more budget' 'tune -P cb2 -O adam --trials 8 --halving -o c && test `grep -c . c/trials-1/runs.jsonl` = 16 && test `grep -c . c/trials/runs.jsonl` = 4'
t 'several options: Sobol' 'tune -P cb2 -O adam --search lr=1e-3..1 --search beta1=0..0.9:linear --trials 4 -o d && grep -q "beta1=" d/tuned.json'
t 'the same search again finds the same' 'tune -P cb2 -P cb3 -O adam -O polyak --trials 5 -o e && cmp a/tuned.json e/tuned.json'
t 'a misspelt option is refused' 'tune -P cb2 -O adam --search lrr=1..2 -o f; test $? = 2 && test ! -e f'
t 'a folder in use is refused' 'tune -P cb2 -O adam -o a; test $? = 4 && grep -q "is there already" err.log'
t 'a range upside down is refused' 'tune -P cb2 -O adam --search lr=1..0.1 -o g; test $? = 2'
cd .. && rm -rf "$dir"
echo "1..$n"
