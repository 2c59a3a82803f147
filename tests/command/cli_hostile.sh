# Nobody gets hurt by a name: every text of records, manifests, suites, claims and plug-ins is hostile, and every
# command is run on it. Nothing is executed (no canary appears), nothing is written outside the folders asked for,
# pictures are whole, pages run no script but their own, terminals get no control characters. Prints TAP.
# NSOBENCH_GNUPLOTS: the programs to try, apart by blanks.
nso=${NSOBENCH:-`pwd`/nsobench}
plugins=`pwd`/tests/plugins
top=`mktemp -d "${TMPDIR:-/tmp}/nsobench-hostile.XXXXXX"` || exit 99
trap 'rm -rf "$top"' EXIT
dir=$top/a/b
mkdir -p "$dir/home" && cd "$dir" || exit 99
n=0
t() { n=`expr $n + 1`; if (eval "$2") >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; cat out.log err.log | LC_ALL=C tr -c '\n -~' '?' | head -8 | sed 's/^/# /'; fi; }
skip() { n=`expr $n + 1`; echo "ok $n - $1 # SKIP $2"; }
# ends DEGREE COMMAND...: one of the documented ways to end, no crash; keeps what was said
ends() { want=$1; shift; "$@" >said 2>said.err; code=$?; case $want in *$code*) ;; *) echo "exit $code" >&2; cat said.err >&2; false;; esac; }
# no control character reached the terminal: C0 but newline (gnuplot's dumb terminal: form feed), DEL, C1, bidi
quiet() {
	cat said said.err | LC_ALL=C tr -d '\n\f -~\200-\377' | wc -c | grep -qx ' *0' || { echo 'control characters in what was said' >&2; return 1; }
	! cat said said.err | LC_ALL=C grep -q "`printf '\302[\200-\237]\|\342\200[\216\217\252-\256]\|\342\201[\246-\251]'`" || { echo 'C1 or bidi in what was said' >&2; return 1; }
}
harmless() { test -z "`find "$top" -name 'canary*'`" || { find "$top" -name 'canary*' >&2; return 1; }; }

# What a user has set up must change nothing.
HOME=$dir/home; export HOME
printf 'system("touch canary-home")\nset title "canary"\n' >home/.gnuplot
printf 'system("touch canary-here")\n' >.gnuplot
GNUTERM=canary; GNUPLOT_LIB=$dir/home; export GNUTERM GNUPLOT_LIB

# ------------------------------------------------------------------ the corpus

# one a line, as JSON writes them
cat >texts <<'TEXTS'
'; system('touch canary1'); '''
\"; system(\"touch canary2\"); \"
`touch canary3` ${x} $(touch canary3b)
a\nsystem('touch canary4')\n!touch canary4b\n#\r\n
@name ''@canary {/Symbol a}^{b}_c &{d} ~e 100% %s %n %g %%\\
<script>document.title='canary'</script><img src=x onerror=\"document.title='canary'\">
' onload='document.title=1' \" onmouseover=\"document.title='canary'\" x=\"
../../canary8
| touch canary9; touch canary9b & \\n\\t\\x41\\U+202E
\u001b]0;canary\u0007\u001b[31m\u009b31m\u202eright\u2066\u0085\u007f\ufeff
=cmd|'/C touch canary11'!A0
-e system('touch canary12')
</svg></style></title></script><script>document.title='canary'</script><!--
< touch canary14
TEXTS
printf '\377\300\257\355\240\200 no UTF-8 \342\202\n' >>texts
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "long "; print "end" }' >>texts

# 8 methods on 8 problems of other programs and one of ours in the plane: text i, i + 1, ... in every place
make_records() { # FOLDER SHIFT
	mkdir -p "$1" && LC_ALL=C awk -v shift="$2" '
	function x(k) { return text[(k + shift) % count] }
	function q(k) { return "\"" x(k) "\"" }
	function row(m, p,   plane) {
		plane = p == 0
		printf "{\"schema\":\"nsobench-run/1.0\",\"key\":\"%s%d\",\"suite\":%s,\"cell\":%d,", x(m), p * 8 + m, q(p), p * 8 + m
		printf "\"problem\":{\"name\":%s,\"options\":{%s%s:%s},\"instance\":0,\"n\":2,\"optimum\":0,\"traits\":[%s]},", plane ? "\"cb2\"" : q(p), plane ? "" : "\"n\":2,", q(p + 1), q(p + 2), q(p + 3)
		printf "\"optimizer\":{\"name\":%s,\"title\":%s,\"options\":{\"lr\":%g,%s:%s},\"knows\":[%s]},\"seed\":1,", q(m < 3 ? 0 : m), q(m < 3 ? 0 : m), 0.1 * (m + 1), q(m < 3 ? 3 : m + 3), q(m < 3 ? 5 : m + 5), q(m + 7)
		printf "\"sample\":{\"batch\":null,\"noise\":null,\"sampling\":%s},\"schedule\":%s,\"average\":%s,\"budget\":{\"work\":100},", q(p), q(m < 3 ? 1 : m), q(m < 3 ? 1 : m)
		printf "\"status\":%s,\"reason\":%s,\"steps\":50,\"counts\":{\"value\":50,\"subgradient\":50,\"prox\":0},\"work\":100,", m % 2 ? q(m + p) : "\"failed\"", q(p + m)
		printf "\"start\":{\"f\":9},\"final\":{\"f\":0.01,\"gap\":0.01,\"best\":%g,\"best_gap\":0.01},\"seconds\":{\"wall\":0.1,\"cpu\":0.1},", 1e-8 * (m + 1)
		printf "\"trace\":{\"step\":[0,10,50],\"work\":[1,20,100],\"value\":[0,10,50],\"subgradient\":[1,10,50],\"f\":[9,1,0.01],\"best\":[9,1,%g],\"gap\":[9,1,0.01],\"clarke\":[3,1,0.1],\"score\":[0,0.5,1]", 1e-8 * (m + 1)
		if (m > 0) printf ",%s:[1,2,3],%s:[1,2,3]", q(m), q(m + 8)
		if (plane) printf ",\"x\":[[1,-0.1],[1.1,0.5],[1.13,0.9]]"
		print "}}"
	}
	{ text[count++] = $0 }
	END { for (p = 0; p < 9; p++) for (m = 0; m < 8; m++) row(m, p) }' texts >"$1/runs.jsonl"
	LC_ALL=C awk -v shift="$2" '{ text[count++] = $0 } END {
		printf "{\"schema\":\"nsobench-manifest/1.0\",\"suite\":{\"name\":\"%s\"},\"command\":[\"nsobench run\"", text[(5 + shift) % count]
		for (i = 0; i < count; i++) printf ",\"%s\"", text[i]
		printf "]"
		split("start end version git cpu os compiler flags libraries", field, " ")
		for (i in field) printf ",\"%s\":\"%s\"", field[i], text[(i + shift) % count]
		print "}" }' texts >"$1/manifest.json"
}
make_records one 0
make_records two 7
odd="`printf 'it'\''s "$(touch canary20)" \`touch canary20b\`\n{x}%%s'`"

# ------------------------------------------------------------------ words

for d in one two; do
	for form in '' --csv --json --pairs; do
		t "summary $form: ends well and is quiet ($d)" 'ends 0 "$nso" summary $d $form && quiet'
	done
	"$nso" summary $d --csv >csv 2>err
	t "no cell of the CSV is a formula ($d)" 'LC_ALL=C awk -F, "{ for (i = 1; i <= NF; i++) if (\$i ~ /^\"?[=+@]/ || \$i ~ /^\"?-[^0-9.i]/) { print \$i; exit 1 } }" csv'
	t "measure ($d)" 'ends 023 "$nso" measure $d && quiet'
done
t 'a tampered record names what is wrong in plain characters' 'printf "{\"schema\":\"nso\\033[31m/9\",\"key\":\"\\n\"}\n" >bad && ends 3 "$nso" summary bad && quiet'
t 'compare, in all forms' 'for f in "" --json --csv; do ends 013 "$nso" compare one two $f && quiet && ends 01 "$nso" compare one one $f && quiet || exit 1; done'
t 'merge' 'ends 3 "$nso" merge one two -o merged && quiet && ends 0 "$nso" merge one two --mixed -o merged && quiet && ends 0 "$nso" summary merged && quiet'
t 'list and show take the texts as names' 'LC_ALL=C tr -d "\\\\" <texts | while IFS= read -r x; do ends 2 "$nso" show "$x" && quiet && ends 2 "$nso" list "$x" && quiet || exit 1; done'
t 'run, tune, check, eval, data, plot, rates and others take them as arguments' 'LC_ALL=C tr -d "\\\\" <texts | cut -c1-300 | while IFS= read -r x; do
	for c in "run -P" "run --dry-run -O" "run" "tune -P" "check" "eval" "data show" "plot --kind" "rates" "report" "merge -o merged2" "summary --cost" "run --schedule"; do
		"$nso" $c "$x" </dev/null >>said 2>>said.err
		case $? in 2|3|4) ;; *) echo "$c" >&2; exit 1;; esac
	done
done && quiet'

# ------------------------------------------------------------------ suites, claims, plug-ins

i=0
while IFS= read -r x; do
	i=`expr $i + 1`
	printf '{"schema":"nsobench-suite/1.0","name":"%s","title":"%s","budget":{"work":50},"problems":["cb2"],"optimizers":["adam"]}\n' "$x" "$x" >suite$i.json
	printf '{"schema":"nsobench-suite/1.0","name":"s","%s":"%s","problems":["%s"],"optimizers":[{"name":"adam","options":{"%s":"%s"}}]}\n' "$x" "$x" "$x" "$x" "$x" >broken$i.json
	printf '{"schema":"nsobench-claim/1.0","id":"%s","statement":"s","source":"s","problems":["sphere"],"optimizers":["sgd"],"steps":5,"tests":[{"linear":"1"}]}\n' "$x" >id$i.json
	printf '{"schema":"nsobench-claim/1.0","id":"claim%s","title":"%s","statement":"%s","source":"%s","note":"%s","problems":[{"name":"sphere","label":"%s"}],"optimizers":[{"name":"sgd","label":"%s","options":{"lr":"0.5/L","momentum":0,"weight_decay":0}}],"steps":20,"tests":[{"linear":"0.25","why":"%s"}]}\n' $i "$x" "$x" "$x" "$x" "$x" "$x" "$x" >claim$i.json
	printf '{"schema":"nsobench-claim/1.0","id":"q","statement":"s","source":"s","problems":["%s"],"optimizers":["sgd"],"steps":5,"tests":[{"linear":"%s"}]}\n' "$x" "$x" >other$i.json
done <texts
t 'suites: a dry run and a run, or a refusal' 'for s in suite*.json; do ends 023 "$nso" run --dry-run ./$s && quiet && ends 023 "$nso" run -q ./$s -o ran/`basename $s .json` && quiet || exit 1; done'
t 'suites with hostile keys, names and options are refused' 'for s in broken*.json; do ends 23 "$nso" run --dry-run ./$s && quiet || exit 1; done'
t 'a claim whose id is no name of a file is refused' 'bad=0; for s in id*.json; do ends 3 "$nso" rates ./$s -o refused && quiet || bad=1; done; test $bad = 0 && test ! -e refused'
t 'claims with hostile problems and tests' 'for s in other*.json; do ends 03 "$nso" rates ./$s -o claims && quiet || exit 1; done'
t 'a plug-in with hostile texts: list, show, check, run' 'p=$plugins/hostile.so; for c in "list --plugin" "list --json --plugin" "list --markdown --plugin"; do ends 0 "$nso" $c $p && quiet || exit 1; done; for c in "show bait" "show hook" "show bait --json" "show hook --json" "check -v bait" "check -v hook"; do ends 01 "$nso" $c --plugin $p && quiet || exit 1; done; ends 01 "$nso" run -P bait -O hook -P cb2 --budget 60 --plugin $p -o plugged && quiet && ends 0 "$nso" summary plugged && quiet'
for kind in problem optimizer option column; do
	t "a plug-in with a hostile name of a $kind is refused" 'ends 3 "$nso" list --plugin $plugins/hostile_$kind.so && quiet && grep -q "expected at most" said.err'
done

# ------------------------------------------------------------------ pictures and the page

pictures_whole() { # FOLDER
	for f in "$1"/*.svg; do
		test -e "$f" || continue
		if (xmllint --version) 2>/dev/null; then xmllint --noout "$f" || return 1; else grep -q '</svg>' "$f" || return 1; fi
		! grep -q '<script\|<img\|<[^>]* on[a-z]*=' "$f" || return 1
	done
	for f in "$1"/*.png; do test ! -e "$f" || { tail -c 8 "$f" | grep -q 'IEND' || { echo "$f is cut" >&2; return 1; }; }; done
	for f in "$1"/*.pdf; do test ! -e "$f" || { head -c 5 "$f" | grep -q '%PDF' && tail -c 8 "$f" | grep -q EOF || return 1; }; done
}
for gnuplot in ${NSOBENCH_GNUPLOTS:-gnuplot}; do
	if ! v=`$gnuplot --version 2>/dev/null`; then skip "pictures by $gnuplot" 'not here'; continue; fi
	GNUPLOT=$gnuplot; export GNUPLOT
	t "$v: doctor" 'ends 01 "$nso" doctor && quiet'
	harmless && rm -rf svg1 svg2 few
	t "every kind, svg" 'ends 0 "$nso" plot one --kind all --format svg -o svg1 && quiet && ends 0 "$nso" plot two --kind all --format svg -o svg2 && quiet'
	t "they are whole" 'pictures_whole svg1 && pictures_whole svg2'
	t "every kind that has data was drawn" 'for k in convergence stationarity score ecdf performance-profile data-profile performance-profile-pairwise ert heatmap critical-difference sensitivity trajectory-cb2-1; do test -s svg1/$k.svg || { echo $k >&2; exit 1; }; done; test `ls svg1/step-*.svg | wc -l` -ge 12'
	t "no column of the harness is drawn as one of the methods" '! ls svg1 | grep -E "^step-(f|gap|clarke|score|work|x|seconds)\."'
	t "names of files are plain" 'test -z "`ls -A svg1 svg2 | LC_ALL=C grep "[^A-Za-z0-9._:-]\|^[.-]"`"'
	t "texts stand as they are, the quote in front and the percent sign too" 'cat svg1/*.svg svg2/*.svg >all; grep -q "system(.touch canary1.)" all && grep -q "100% %s %n %g %%" all && grep -q "{/Symbol a}^{b}_c &amp;{d}" all && grep -qF "\\x1b]0;" all && grep -qF "&lt;script" all'
	t "png and pdf, a folder with quotes and a line break" 'ends 0 "$nso" plot one --kind convergence,ert,heatmap,critical-difference,trajectory --format png,pdf -o "$odd" && quiet && test -s "$odd/heatmap.pdf" && pictures_whole "$odd"'
	t "in the terminal" 'ends 0 "$nso" plot two --kind all --term dumb -o few && quiet'
	t "scripts run by hand" 'unset GNUTERM GNUPLOT_LIB; cd svg1 && rm heatmap.svg && $gnuplot -d heatmap.gp; s=$?; cd ..; test $s = 0 && test -s svg1/heatmap.svg'
	t "pictures of claims" 'rm -rf claims; for c in claim*.json; do ends 013 "$nso" rates ./$c -o claims && quiet || exit 1; done; for c in claims/*; do pictures_whole $c || exit 1; done; test `ls claims/*/*.svg | wc -l` -ge 15'
	t "reports" 'ends 0 "$nso" report one --with two && quiet && ends 0 "$nso" report two && quiet && ends 0 "$nso" report one -o "$odd/r.html" && quiet'
	t "the page holds its own scripts and no other" 'for d in one two; do test `grep -o "<script" $d/report.html | wc -l` = 3 && ! grep -q "<img\|<[^>]* onload=\|<[^>]* onerror=" $d/report.html || exit 1; done'
	t "a folder missing gnuplot is named as a shell takes it" 'GNUPLOT=/nonexistent/g ends 4 "$nso" plot one -o "$odd" && quiet && grep -qF "cd '"'it'\\\\''s"'" said.err'
	t "after $v nothing was executed" harmless
done
# the tags of a page that a browser wrote out, without the values of their attributes: there a text may stand
tags() { tr '\n' ' ' <"$1" | LC_ALL=C grep -aoE '<[a-zA-Z][^"<>]*("[^"]*"[^"<>]*)*>' | sed 's/"[^"]*"/""/g'; }
if (chromium --version) >/dev/null 2>&1 && test -s one/report.html; then
	t 'in a browser no text became a script' 'for d in one two; do chromium --headless --no-sandbox --disable-gpu --user-data-dir="$dir/chromium" --dump-dom --virtual-time-budget=20000 "file://$dir/$d/report.html" 2>/dev/null | sed "/<script/,/<.script>/d" >dom; grep -q "<html[^>]* data-ready=" dom && grep -q "<h1>nsobench" dom && ! grep -q "<title>canary" dom && ! tags dom | grep -q " on[a-z]*=" || exit 1; done'
else
	skip 'in a browser no text became a script' 'no chromium'
fi

# ------------------------------------------------------------------ afterwards

t 'nothing was executed' harmless
t 'nothing was written outside' 'test "`ls -A "$top" "$top/a" | tr "\n" " "`" = "$top: a  $top/a: b "'
echo "1..$n"
