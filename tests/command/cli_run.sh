# The program from outside: runs, refusals, crashes, signals, resuming, shards. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-cli.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
# a sanitizer must not turn the signals of these plug-ins into exit codes
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0"
echo 1..53

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" 2>/dev/null | head -20
	fi
}
# run EXPECTED-CODE ARGUMENTS...: stdout in $d/out, stderr in $d/err
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }
says() { grep -q -- "$1" "$d/err"; }
# what a replay must repeat: everything but wall-clock times and memory
bare() { sed -E 's/"seconds":\{[^}]*\}//; s/"peak_rss_kib":[0-9]+//' "$1/runs.jsonl" | sort; }

ok 'no command is a usage error' 'code 2 $B'
ok '--help is on stdout' 'code 0 $B --help && grep -q "^usage" "$d/out"'
ok '--version' 'code 0 $B --version && grep -q "^nsobench [0-9]" "$d/out"'
ok 'a misspelt command names the nearest' 'code 2 $B rum && says "did you mean .run."'
ok 'every command has --help' 'for c in run list show eval merge doctor summary plot; do code 0 $B $c --help || exit 1; grep -qi "^usage" "$d/out" || exit 1; done'
ok 'a misspelt problem names the nearest' 'code 2 $B run -P macq -O adam -o "$d/x" && says "did you mean .maxq."'
ok 'a misspelt optimizer names the nearest' 'code 2 $B run -P maxq -O adamm -o "$d/x" && says "did you mean .adam."'
ok 'a misspelt option names the nearest' 'code 2 $B run -P maxq -O adam:l=1 -o "$d/x" && says "did you mean .lr."'
ok 'a value out of range says the range' 'code 2 $B run -P maxq:n=0 -O adam -o "$d/x" && says "n is 0, expected 1 to"'
ok 'a number must be whole where it counts' 'code 2 $B run -P maxq:n=2.5 -O adam -o "$d/x" && says "whole"'
ok 'a wrong word names the words' 'code 2 $B run -P maxq -O s-adam:sphere=jont -o "$d/x" && says "joint"'
ok 'a misspelt long option names the nearest' 'code 2 $B run --budgt 3 && says "did you mean .--budget."'
ok 'refusals leave no folder behind' '[ ! -e "$d/x" ]'

ok 'a run' 'code 0 $B run -P maxq -P chained-lq:n=10 -O adam:lr=0.01 -O s-adam --seeds 2 --budget 2000 -o "$d/a" -j 2'
ok 'stdout is the folder' '[ "$(cat "$d/out")" = "$d/a" ]'
ok 'six records: seeds only where something is random' '[ "$(wc -l <"$d/a/runs.jsonl")" = 6 ]'
ok 'a manifest' 'grep -q "\"end\":" "$d/a/manifest.json"'
ok 'a used folder is refused' 'code 4 $B run -P maxq -O adam -o "$d/a" && says "holds a run already"'
ok '-j 1 gives the same records as -j 2' 'code 0 $B run -P maxq -P chained-lq:n=10 -O adam:lr=0.01 -O s-adam --seeds 2 --budget 2000 -o "$d/b" -j 1; [ "$(bare "$d/a")" = "$(bare "$d/b")" ]'
ok '--force replaces' 'code 0 $B run -P maxq -O adam:lr=0.01 --budget 100 -o "$d/b" --force && [ "$(wc -l <"$d/b/runs.jsonl")" = 1 ]'
cp -r "$d/a" "$d/r"
head -c -200 "$d/a/runs.jsonl" >"$d/r/runs.jsonl"
ok '--resume drops a torn line and runs what is missing' 'code 0 $B run -P maxq -P chained-lq:n=10 -O adam:lr=0.01 -O s-adam --seeds 2 --budget 2000 -o "$d/r" --resume && says "^1 runs" && [ "$(bare "$d/a")" = "$(bare "$d/r")" ]'
ok '--resume of a finished run does nothing' 'code 0 $B run -P maxq -P chained-lq:n=10 -O adam:lr=0.01 -O s-adam --seeds 2 --budget 2000 -o "$d/r" --resume && says "^0 runs"'
for i in 1 2 3; do $B run -P maxq -P chained-lq:n=10 -O adam:lr=0.01 -O s-adam --seeds 2 --budget 2000 -o "$d/s$i" --shard $i/3 -q >/dev/null 2>&1; done
ok 'merged shards are the whole' 'code 0 $B merge "$d/s1" "$d/s2" "$d/s3" -o "$d/m" && [ "$(bare "$d/a")" = "$(bare "$d/m")" ]'
ok 'options that do not go together are refused' 'code 2 $B run -P maxq -O sgd:nesterov=on -o "$d/x" && says "nesterov needs momentum" && code 2 $B run -P maxq -O sgd:nesterov=on,momentum=0.9,dampening=0.1 -o "$d/x" && code 0 $B run -P maxq -O sgd:nesterov=on,momentum=0.9 --budget 5 -o "$d/nesterov"'
for b in 1 2 3 5 8 13; do $B run -P maxq -P cb2 -P chained-lq:n=10 -O 'gsl-*' --budget $b -o "$d/gsl$b" -q >/dev/null 2>&1; done
ok 'what GSL calls stays within the budget' 'for b in 1 2 3 5 8 13; do sed -E "s/.*\"counts\":\{\"value\":([0-9]+),\"subgradient\":([0-9]+).*/\1 \2/" "$d/gsl$b/runs.jsonl"; done | awk "{ n++ } \$1 + \$2 > most { most = \$1 + \$2 } END { exit !(n == 54 && most <= 13 && most > 8) }" && ! sed -E "s/.*\"counts\":\{\"value\":([0-9]+),\"subgradient\":([0-9]+).*/\1 \2/" "$d/gsl3/runs.jsonl" | awk "\$1 + \$2 > 3 { bad = 1 } END { exit !bad }"'
ok 'a shard out of range is refused' 'code 2 $B run -P maxq -O adam --shard 4/3 -o "$d/x" && says "1 <= I <= N"'
ok 'an output folder that cannot be made' 'code 4 $B run -P maxq -O adam -o /dev/null/x'
ok 'what a method needs and a problem lacks is skipped with the reason' 'code 2 $B run -P maxq -O oracle-cheat -P svm:m=20,n=3 -O prox-sgd --budget 10 -o "$d/n" ; grep -q "\"status\":\"skipped\",\"reason\":\"oracle-cheat needs a known minimizer" "$d/n/runs.jsonl" || grep -q budget "$d/n/runs.jsonl"'
ok 'no mini-batches where there are no terms: nothing is left' 'code 2 $B run -P maxq -O sgd --batch 2 -o "$d/nb" && says "not a sum of terms"'
ok 'mini-batches of a sum' 'code 0 $B run -P svm:m=50,n=5 -O sgd --batch 10 --epochs 3 -o "$d/mb" && grep -q "\"steps\":15," "$d/mb/runs.jsonl"'
ok 'noise enters' 'code 0 $B run -P maxq -O sgd --noise 0.1 --steps 5 --seeds 2 -o "$d/no" && [ "$(sed -E "s/.*\"final\":\{\"f\":([^,]*),.*/\1/" "$d/no/runs.jsonl" | sort -u | wc -l)" = 2 ]'

P="--plugin tests/plugins/trouble.so"
ok 'a crash becomes a record, the run goes on, exit 1' 'code 1 $B run $P -P maxq -O crash -O walk -O leave -o "$d/c" --budget 20 && grep -q "\"status\":\"crashed\",\"reason\":\"signal 11" "$d/c/runs.jsonl" && grep -q "exit code 7" "$d/c/runs.jsonl" && [ "$(wc -l <"$d/c/runs.jsonl")" = 3 ]'
ok 'a hang ends at the timeout' 'code 1 $B run $P -P maxq -O hang -o "$d/h" --timeout 0.3 && grep -q "\"status\":\"timeout\"" "$d/h/runs.jsonl"'
if $B doctor 2>/dev/null | grep -q fsanitize=address; then
	n=$((n + 1))
	echo "ok $n - a blow-up ends at the memory limit # SKIP the sanitizer's shadow counts too"
else
	ok 'a blow-up ends at the memory limit' 'code 1 $B run $P -P maxq -O hog -o "$d/g" --memory 200 && grep -q "\"status\":\"memory\"" "$d/g/runs.jsonl"'
fi
ok 'a method that fails' 'code 1 $B run $P -P maxq -O give-up -o "$d/f" && grep -q "\"status\":\"failed\"" "$d/f/runs.jsonl"'
ok 'NaN from a problem is a status' 'code 0 $B run $P -P cliff -O walk -o "$d/na" && grep -q "\"status\":\"diverged\"" "$d/na/runs.jsonl" && grep -q "null" "$d/na/runs.jsonl"'
ok 'a missing plug-in' 'code 3 $B run --plugin "$d/none.so" -P maxq -O adam -o "$d/x"'
ok 'an optimizer file as a plug-in, unchanged' 'code 0 $B run --plugin tests/plugins/heavy_ball.so -P maxq -O heavy-ball:lr=0.1 --budget 100 -o "$d/hb"'
ok 'show and list see plug-ins' 'code 0 $B show --plugin tests/plugins/heavy_ball.so heavy-ball && grep -q "Polyak 1964" "$d/out"'

$B run $P -P maxq -O doze --seeds 1 -o "$d/i" -j 1 -q >/dev/null 2>"$d/err" &
pid=$!
sleep 0.7
kill -INT $pid
wait $pid
got=$?
ok 'Ctrl-C: exit 130, what ran is written' '[ $got = 130 ] && grep -q "\"status\":\"interrupted\"" "$d/i/runs.jsonl"'
ok 'an interrupted run is run again by --resume' 'code 0 $B run $P -P maxq -O doze -o "$d/i" -j 1 -q --resume && tail -1 "$d/i/runs.jsonl" | grep -q "\"status\":\"converged\""'
$B run $P -P maxq -O hang -o "$d/k" -j 1 -q >/dev/null 2>"$d/err" &
pid=$!
sleep 0.7
kill -TERM $pid
sleep 0.2
kill -TERM $pid
wait $pid
got=$?
ok 'a second signal stops at once: exit 143' '[ $got = 143 ]'

ok 'eval: value, subgradient, pieces' 'echo "1 2 2" | code 0 $B eval maxq:n=3 --pieces && grep -q "^{\"f\":4,\"g\":\[0,4,0\],\"pieces\":\[\[0,4,0\],\[0,0,4\]\]" "$d/out"'
ok 'eval: where the pieces of wolfe meet, the whole arc of gradients' 'echo "0 0" | code 0 $B eval wolfe --pieces && grep -q "\[15,0\]" "$d/out" && grep -q "\[9,-16\]" "$d/out"'
ok 'eval: too few numbers' 'echo "1 2" | code 3 $B eval maxq:n=3 && says "line 1: 2 numbers, expected 3"'
ok 'eval: start and f(x0)' 'echo start | code 0 $B eval maxq && grep -q "{\"f\":400," "$d/out"'
ok 'locale: numbers keep the point' 'LC_ALL=de_DE.UTF-8 code 0 $B show svm && ! grep -qE "[0-9],[0-9]{3}" "$d/out"'

cat >"$d/good.json" <<E
{"schema": "nsobench-suite/1.0", "name": "mine", "problems": ["cb2"], "optimizers": [{"name": "adam", "options": {"lr": [0.1, 0.2]}}], "budget": {"work": 50}}
E
ok 'a suite of my own, with a grid' 'code 0 $B run "$d/good.json" -o "$d/my" && [ "$(wc -l <"$d/my/runs.jsonl")" = 2 ]'
sed 's/"budget"/"budgett"/' "$d/good.json" >"$d/bad.json"
ok 'suite: unknown key, nearest named' 'code 3 $B run "$d/bad.json" -o "$d/x" && says "bad.json" && says "did you mean .budget"'
sed 's/"name": "mine"/"name": "mine", "name": "twice"/' "$d/good.json" >"$d/bad.json"
ok 'suite: repeated key' 'code 3 $B run "$d/bad.json" -o "$d/x" && says "stands twice"'
sed 's/"work": 50/"work": "many"/' "$d/good.json" >"$d/bad.json"
ok 'suite: wrong type with its place' 'code 3 $B run "$d/bad.json" -o "$d/x" && says "budget.work: a text, expected a number"'
sed 's/0.2/-1/' "$d/good.json" >"$d/bad.json"
ok 'suite: out of range with its place' 'code 3 $B run "$d/bad.json" -o "$d/x" && says "optimizers\[0\].options.lr"'
head -c 60 "$d/good.json" >"$d/bad.json"
ok 'suite: not JSON, with the line' 'code 3 $B run "$d/bad.json" -o "$d/x" && says "line 1, column [0-9]*: not JSON"'
