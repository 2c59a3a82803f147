# docs/which-optimizer.md: from a table to a ranked answer in at most four commands, as the page gives them.
# TAP; runs in a scratch folder.
here=`pwd`
page=$srcdir/docs/which-optimizer.md
case $page in /*) ;; *) page=$here/$page ;; esac
dir=`mktemp -d ./cli-story-XXXXXX` || exit 99
cd "$dir" || exit 99
cp "`dirname "$page"`/houses.csv" . && chmod u+w houses.csv || exit 99
n=0
unset NSOBENCH_DATA
t() { n=`expr $n + 1`; if eval "$2" >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err.log; fi; }
nsobench() { "$here/nsobench" "$@"; }

sed -n 's/^    \(nsobench .*\)/\1/p' "$page" >commands
t 'at most four commands' 'test `grep -c . commands` -le 4 && test `grep -c . commands` -gt 0'
number=0
while read -r command; do
	number=`expr $number + 1`
	eval "$command" >answer.$number 2>err.$number </dev/null
	code=$?
	# without gnuplot the report is written, and says so by 4
	t "command $number: `echo "$command" | cut -c1-40`" 'cat err.$number >&2; test $code = 0 || { test $code = 4 && grep -q gnuplot err.$number; }'
done <commands
t 'what was taken for what is said' 'grep -q "header: rooms" answer.1 && grep -q "target: column 7 price_keur" answer.1'
t 'every f* is known' 'grep -q "\"optimum\":[0-9]" houses/runs.jsonl && ! grep -q "\"optimum\":null\|f\* is open" houses/runs.jsonl'
t 'no method falls below f*, but for rounding' 'sed "s/.*\"optimum\":\([^,]*\),.*\"best_gap\":\([^,}]*\).*/\1 \2/" houses/runs.jsonl | awk "NF != 2 || \$2 < -1e-13 * \$1 { bad = 1 } END { exit bad || !NR }"'
t 'f* is kept beside the table, once for each model' 'test `ls houses.csv.*.optimum | grep -c .` = 3'
t 'methods are ranked: BFGS before Adam' 'awk "/^Optimizers over all/ { on = 1 } on && /^BFGS/ { b = \$5 } on && /^Adam/ && !a { a = \$5 } END { exit !(b > 0 && a > b) }" answer.4'
t 'the report holds the table and, with gnuplot, pictures' 'grep -q "houses.csv" houses/report.html && { grep -q "<svg\|<img" houses/report.html || ! command -v gnuplot; }'
t 'the page is true: its ranks are those printed' 'sed -n "s/^    \(BFGS\|L-BFGS\|Polyak\|r-algorithm\|Proximal bundle\|Adam\|Subgradient\).*/\1/p" "$page" | sort >page.names; grep "^\(BFGS\|L-BFGS\|Polyak\|r-algorithm\|Proximal bundle\|Adam\|Subgradient\)" answer.4 | cut -c1-15 | sed "s/ *$//" | sort -u >names; test `grep -c . page.names` = 7 && test `grep -cxFf names page.names` = 7'

cd .. && rm -rf "$dir"
echo "1..$n"
