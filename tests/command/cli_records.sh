# Records that are damaged, unfair or hostile, and files that are written: nothing is lost in silence, nothing is
# written through a link, every lost output is seen. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-records.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
echo 1..65

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" 2>/dev/null | head -20
	fi
}
code() { want=$1; shift; timeout 60 "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }
says() { grep -q -- "$1" "$d/err"; }
prints() { grep -q -- "$1" "$d/out"; }
# a copy of the good records in folder $1, its lines changed by the sed script $2
like() { rm -rf "$d/$1"; mkdir "$d/$1"; sed "$2" "$d/good/runs.jsonl" >"$d/$1/runs.jsonl"; }

$B run -P cb2 -P cb3 -P maxq:n=5 -O adam:lr=0.01 -O bfgs -o "$d/good" -q --budget 200 >/dev/null 2>"$d/err"
ok 'records to spoil' '[ "$(wc -l <"$d/good/runs.jsonl")" = 6 ]'
ok 'good records: no warning, exit 0' 'code 0 $B summary "$d/good" && [ ! -s "$d/err" ]'

# ------------------------------------------------------------------ damage

mkdir "$d/bom" && { printf '\357\273\277'; cat "$d/good/runs.jsonl"; } >"$d/bom/runs.jsonl"
ok 'a byte order mark costs no run' 'code 0 $B summary "$d/bom" --csv && cp "$d/out" "$d/bom.csv" && $B summary "$d/good" --csv | cmp -s - "$d/bom.csv"'
like nul '3s/"seed":/"se\x00d":/'
ok 'a NUL in a line: the line is named, the run counted as lost, exit 3' 'code 3 $B summary "$d/nul" && says "the first is line 3: 1 runs are lost" && prints "cb2"'
like torn '$s/"trace".*//'
ok 'a torn line: the same' 'code 3 $B summary "$d/torn" && says "line 6: 1 runs are lost"'
mkdir "$d/zeros" && { head -2 "$d/good/runs.jsonl"; head -c 64 /dev/zero; tail -4 "$d/good/runs.jsonl"; } >"$d/zeros/runs.jsonl"
ok 'zeros of a power cut: the record behind them is read, the loss is said' 'code 3 $B summary "$d/zeros" --csv && says "64 zero bytes" && [ "$(wc -l <"$d/out")" = 7 ]'
mkdir "$d/cut" && gzip -c "$d/good/runs.jsonl" >"$d/whole.gz" && head -c $(($(wc -c <"$d/whole.gz") / 2)) "$d/whole.gz" >"$d/cut/runs.jsonl.gz" && cp "$d/good/manifest.json" "$d/cut"
ok 'a cut gz file: said, with what was planned, exit 3' 'code 3 $B summary "$d/cut" && says "cut off" && says "6 planned"'
mkdir "$d/flip" && { head -c $(($(wc -c <"$d/whole.gz") - 6)) "$d/whole.gz"; printf 'xxxxxx'; } >"$d/flip/runs.jsonl.gz"
ok 'a gz file with a wrong checksum: exit 3' 'code 3 $B summary "$d/flip" && says "damaged"'
mkdir "$d/fifo" && mkfifo "$d/fifo/runs.jsonl"
ok 'a FIFO does not hang' 'code 3 $B summary "$d/fifo" && says "no regular file"'
mkdir "$d/zero" && ln -s /dev/zero "$d/zero/runs.jsonl"
ok 'nor does /dev/zero' 'code 3 $B summary "$d/zero" && says "no regular file"'
mkdir "$d/mfifo" && cp "$d/good/runs.jsonl" "$d/mfifo" && mkfifo "$d/mfifo/manifest.json"
ok 'nor a FIFO as manifest' 'code 0 $B summary "$d/mfifo" && says "no regular file"'
like key '4s/"key":"[0-9a-f]*"/"key":"problem maxq:n=5"/'
ok 'a key that is the text of a problem is named, and nothing else' 'code 0 $B summary "$d/key" --csv && says "line 4: .key. is no key" && [ "$(wc -l <"$d/out")" = 7 ]'
like names "s/\"title\":\"Adam\"/\"title\":\"A\\xff\\xfe\\xed\\xa0\\x80 <b>\"/"
ok 'names that are no UTF-8: JSON is valid UTF-8' 'code 0 $B summary "$d/names" --json && iconv -f UTF-8 -t UTF-8 "$d/out" >/dev/null && prints "A..*<b>"'
ok 'and HTML, and nothing in it is markup' '$B report "$d/names" >"$d/out" 2>"$d/err"; iconv -f UTF-8 -t UTF-8 "$d/names/report.html" >/dev/null && ! grep -q "<b>" "$d/names/report.html"'
ok 'plot and report say the loss too' 'code 3 $B report "$d/nul" -o "$d/nul.html" || [ $got = 4 ]; says "lost"'

# ------------------------------------------------------------------ fairness

$B run -P cb2 -P cb3 -O bfgs -o "$d/b10" -q --budget 10 >/dev/null 2>&1
$B run -P cb2 -P cb3 -O bfgs -o "$d/b500" -q --budget 500 >/dev/null 2>&1
ok 'merge of two budgets' 'code 0 $B merge "$d/b10" "$d/b500" -o "$d/budgets"'
ok 'are two methods, and that is said' 'code 0 $B summary "$d/budgets" && prints "^BFGS budget=10 " && prints "^BFGS budget=500 " && says "differ in budget"'
$B run -P cb2 -P cb3 -O bfgs -o "$d/t" -q --budget 500 --target 1e-3 >/dev/null 2>&1
ok 'so are two targets' 'code 0 $B merge "$d/b500" "$d/t" -o "$d/targets" && code 0 $B summary "$d/targets" && prints "^BFGS target=none" && prints "^BFGS target=0.001"'
$B run -P cb2 -O adam -o "$d/n1" -q --noise 0.1 --budget 100 >/dev/null 2>&1
$B run -P cb2 -O sgd -o "$d/n0" -q --budget 100 >/dev/null 2>&1
ok 'a method with noise beside one without says so' 'code 0 $B merge "$d/n0" "$d/n1" -o "$d/noise" && code 0 $B summary "$d/noise" && prints "^Adam noise=0.1" && prints "^SGD noise=0"'
$B run -P least-squares -O adam -O sgd -o "$d/k1" -q --batch 5 --budget 50 >/dev/null 2>&1
$B run -P least-squares -O adam -O sgd -o "$d/k2" -q --batch 10 --budget 50 >/dev/null 2>&1
ok 'samples that the same methods ran are two problems' 'code 0 $B merge "$d/k1" "$d/k2" -o "$d/k" && code 0 $B summary "$d/k" && prints "batch=5$" && prints "batch=10$" && ! grep -q "Adam batch" "$d/out"'
like build '1s/"suite"/"build":"v1","suite"/;$!b'
{ cat "$d/good/runs.jsonl"; sed 's/"key":"./"key":"z/; s/"suite"/"build":"v1","suite"/' "$d/good/runs.jsonl"; } >"$d/build/runs.jsonl"
ok 'two builds of a method are two methods' 'code 0 $B summary "$d/build" && prints "^BFGS build=unknown" && prints "^BFGS build=v1"'
$B run -P maxquad -P cb2 -O bfgs -o "$d/i6" -q --instances 0-5 --budget 100 >/dev/null 2>&1
$B run -P maxquad -P cb2 -O lbfgs -o "$d/i1" -q --instances 0 --budget 100 >/dev/null 2>&1
ok 'instances that one method lacks are left out of ranks, and counted' 'code 0 $B merge "$d/i6" "$d/i1" -o "$d/i" && code 0 $B summary "$d/i" && says "10 runs are on instances or seeds" && prints "0 left out, 10 runs not shared"'
ok 'the report says it too' '$B report "$d/i" >/dev/null 2>&1; grep -q "10 runs are on instances or seeds" "$d/i/report.html"'
ok 'a problem that one method lacks is left out of all comparisons' '$B run -P wolfe -O lbfgs -o "$d/w" -q --budget 100 >/dev/null 2>&1; code 0 $B merge "$d/i" "$d/w" -o "$d/iw" && code 0 $B summary "$d/iw" && says "1 of 3 problems were not run by all 2 methods"'

ok 'nor are two builds of a plug-in one' 'rm -rf "$d/build" && mkdir "$d/build" && { sed "s/\"name\":\"bfgs\",/&\"build\":\"0a\",/" "$d/good/runs.jsonl"; sed "s/\"key\":\"./\"key\":\"y/; s/\"name\":\"bfgs\",/&\"build\":\"0b\",/" "$d/good/runs.jsonl"; } >"$d/build/runs.jsonl" && code 0 $B summary "$d/build" && prints "^BFGS build=0a" && prints "^BFGS build=0b"'

# ------------------------------------------------------------------ f and f*

like below 's/"optimum":[-0-9.e]*,"optimum_error":[-0-9.e]*/"optimum":100,"optimum_error":0/'
ok 'f below f* is a loud warning' 'code 0 $B summary "$d/below" && says "f BELOW f\*: on cb2"'
ok 'and nothing is solved by it' 'prints "f\* REFUTED" && ! grep -q " solved " "$d/out" && prints "best found"'
ok 'the report says it' '$B report "$d/below" >/dev/null 2>&1; grep -q "f BELOW f" "$d/below/report.html" && grep -q "unknown or refuted" "$d/below/report.html"'
like unknown 's/"optimum":[-0-9.e]*,"optimum_error":[-0-9.e]*/"optimum":null/'
ok 'f* unknown: no run is solved, no gap is 0, the best is marked' 'code 0 $B summary "$d/unknown" && prints "f\* unknown" && prints "best found" && ! grep -q " solved " "$d/out"'
ok 'in JSON too' 'code 0 $B summary "$d/unknown" --json && ! grep -q "\"best_gap_median\":0[,}]" "$d/out" && ! grep -q "\"solved\":[0-9]" "$d/out"'
like start 's/"start":{"f":[-0-9.e]*}/"start":{"f":0}/'
ok 'solved at the start is a warning' 'code 0 $B summary "$d/start" && says "solved at their start"'
E=${EDGE:-tests/plugins/edge.so}
ok 'run warns of f below f*' 'code 0 $B run --plugin "$E" -P edge:fstar=1 -O bfgs -o "$d/e" -q --budget 100 && says "f BELOW f\*"'
ok 'and of a start that is solved' 'code 0 $B run --plugin "$E" -P edge:scale=1e-9 -O bfgs -o "$d/e2" -q --budget 100 && says "solved at their start"'
ok 'check refuses f below f*: exit 1' 'code 1 $B check --plugin "$E" edge:fstar=1 && prints "on the way down"'
ok 'and takes the right one' 'code 0 $B check --plugin "$E" edge'

# ------------------------------------------------------------------ outputs

for c in "summary $d/good" "list" "list --json" "show adam" "--help" "--version" "help run" "plot --help" "check cb2" "doctor"; do
	ok "a full disk behind stdout: $(echo "$c" | sed "s|$d/||")" "$B $c >/dev/full 2>'$d/err'; [ \$? = 4 ]"
done
ok 'eval too' 'echo 1 2 | $B eval cb2 >/dev/full 2>"$d/err"; [ $? = 4 ]'
ok 'a closed stdout is no other file' '$B run -P cb2 -O adam -o "$d/closed" -q --budget 10 >&- 2>"$d/err"; [ $? = 4 ] && ! grep -qv "^{" "$d/closed/runs.jsonl"'
echo precious >"$d/precious"
mkdir "$d/links" "$d/links/plots" && cp "$d/good/runs.jsonl" "$d/links"
for f in report.html summary.csv summary.json plots/convergence.gp plots/convergence.dat plots/convergence.png plots/convergence.svg plots/gnuplot.log; do ln -s "$d/precious" "$d/links/$f"; done
$B plot "$d/links" >/dev/null 2>&1
$B report "$d/links" >/dev/null 2>&1
ok 'nothing is written through a link' '[ "$(cat "$d/precious")" = precious ]'
ok 'the link is replaced by the file' '[ ! -L "$d/links/report.html" ] && [ ! -L "$d/links/summary.csv" ] && [ ! -L "$d/links/plots/convergence.gp" ] && [ ! -L "$d/links/plots/convergence.svg" ]'
ok 'nothing is left beside' '[ -z "$(find "$d/links" "$d/good" -name ".nsobench*")" ]'
mkdir "$d/linked" "$d/else" && cp "$d/good/runs.jsonl" "$d/linked" && ln -s "$d/else" "$d/linked/plots"
ok 'nor into a folder behind a link' 'code 4 $B plot "$d/linked" && says "is a link" && [ -z "$(ls "$d/else")" ]'
mkdir "$d/runlink" && ln -s "$d/precious" "$d/runlink/runs.jsonl"
ok 'nor are records, with --force' 'code 4 $B run -P cb2 -O adam -o "$d/runlink" -q --budget 10 --force && [ "$(cat "$d/precious")" = precious ]'
ok 'a manifest neither' 'mkdir "$d/ml" && ln -s "$d/precious" "$d/ml/manifest.json" && code 0 $B run -P cb2 -O adam -o "$d/ml" -q --budget 10 && [ "$(cat "$d/precious")" = precious ] && grep -q schema "$d/ml/manifest.json"'
ok 'a report to a full device is exit 4' 'code 4 $B report "$d/good" -o /dev/full; [ -c /dev/full ]'

# ------------------------------------------------------------------ merge and resume

R="$B run -P cb2 -P maxq:n=5 -O adam -O s-adam --seeds 2 --budget 100 -q"
for i in 1 2 3; do $R --shard $i/3 -o "$d/s$i" >/dev/null 2>&1; done
ok 'merge --complete names the shard and the cells that are missing' 'code 1 $B merge "$d/s1" "$d/s3" -o "$d/m" --complete && says "shard 2/3 is not among" && says "2 of the 6 cells" && [ ! -e "$d/m" ]'
ok 'and writes when all are there' 'code 0 $B merge "$d/s1" "$d/s2" "$d/s3" -o "$d/m" --complete && [ "$(wc -l <"$d/m/runs.jsonl")" = 6 ]'
ok 'the manifest has the command that repeats the whole' 'grep -q "\"--budget\", \"100\"\]" "$d/m/manifest.json" && sed -n 3p "$d/m/manifest.json" | grep -qv shard && grep -q "\"folder\":.*s2" "$d/m/manifest.json"'
ok 'merge X -o X keeps all' 'code 0 $B merge "$d/m" -o "$d/m" && [ "$(wc -l <"$d/m/runs.jsonl")" = 6 ]'
ok 'merge --complete without a manifest cannot tell: exit 3' 'mkdir "$d/bare" && cp "$d/m/runs.jsonl" "$d/bare" && code 3 $B merge "$d/bare" -o "$d/x" --complete && says "cannot"'
ok 'another suite is refused' '$B run quick -P cb2 -O adam --budget 10 -q -o "$d/q" >/dev/null 2>&1; code 3 $B merge "$d/m" "$d/q" -o "$d/x" && says "of suite" && code 0 $B merge "$d/m" "$d/q" -o "$d/x" --mixed'
cp -r "$d/m" "$d/mt" && printf '{"schema":"nsobench-run/1.0","key":"torn' >>"$d/mt/runs.jsonl"
ok 'a torn line is named, and not merged into itself' 'code 3 $B merge "$d/mt" -o "$d/mt" && says "line 7" && [ "$(grep -c . "$d/mt/runs.jsonl")" = 7 ]'
mkdir "$d/big" && awk '{ for (i = 0; i < 1500; i++) { l = $0; sub(/"key":"......../, sprintf("\"key\":\"%08x", i), l); print l } }' "$d/m/runs.jsonl" >"$d/big/runs.jsonl"
lines=$(wc -l <"$d/big/runs.jsonl")
ok 'ten merges of a folder into itself, killed: no run is lost' 'for i in 1 2 3 4 5 6 7 8 9 10; do $B merge "$d/big" -o "$d/big" 2>/dev/null & p=$!; sleep 0.0$((i * 3 % 10)); kill -9 $p 2>/dev/null; wait $p 2>/dev/null; [ "$(wc -l <"$d/big/runs.jsonl")" = $lines ] || exit 1; done; $B merge "$d/big" -o "$d/big" 2>/dev/null; [ "$(wc -l <"$d/big/runs.jsonl")" = $lines ]'
head -2 "$d/m/runs.jsonl" >"$d/two" && cp "$d/two" "$d/m/runs.jsonl"
ok '--resume alone goes on with what the manifest says' 'code 0 $B run --resume -o "$d/m" -q && [ "$(wc -l <"$d/m/runs.jsonl")" = 6 ]'
ok '--resume with another suite is an error' 'code 3 $B run quick --resume -o "$d/m" -q && says "holds another run" && [ "$(wc -l <"$d/m/runs.jsonl")" = 6 ]'
ok '--resume with another budget too' 'code 3 $R --budget 101 --resume -o "$d/m"'
