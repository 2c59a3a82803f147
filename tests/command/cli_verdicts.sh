# Verdicts from outside: claims whose truth is a theorem's, half of them false; the page of claims against the
# program; every test of a claim against methods that are not its own. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-verdicts.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
S=${srcdir:-.}
C=$S/tests/study/claims
echo 1..11

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" "$d/out" 2>/dev/null | head -20
	fi
}
verdict() { # verdict FILE: its first word
	$B rates "$1" >"$d/out" 2>"$d/err"
	set -- $(head -1 "$d/out")
	echo "$1"
}

for claim in true-tight-rate true-quartic true-fista; do
	ok "$claim holds" '[ "$(verdict $C/$claim.json)" = holds ]'
done
for claim in false-tight-constant false-quartic-linear false-noise-to-zero; do
	ok "$claim is refuted" '[ "$(verdict $C/$claim.json)" = refuted ]'
done
# S-shaped: from far below up to its bound
ok 'AdaGrad-norm is not refuted at 50,000 steps' '[ "$(verdict $C/true-adagrad-norm.json)" != refuted ]'
sed 's/"steps": 50000/"steps": 500000/' "$C/true-adagrad-norm.json" >"$d/long.json"
ok 'nor at 500,000' '[ "$(verdict $d/long.json)" != refuted ]'

# The page says what the program says.
if [ -n "$NSOBENCH_BIG" ]; then which=--all; else which=--quick; fi
$B rates $which --json 2>"$d/err" | tr '{' '\n' |
	sed -n 's/^"id":"\([^"]*\)","verdict":"\([^"]*\)".*/\1 \2/p' | sort >"$d/program"
sed -n 's/^### \([a-z-]*\): .* — \([a-z]*\)$/\1 \2/p' "$S/docs/claims.md" | sort >"$d/page"
join "$d/program" "$d/page" | awk '$2 != $3' >"$d/out"
ok 'docs/claims.md gives the verdicts of this program (make claims)' '[ -s "$d/program" ] && ! [ -s "$d/out" ]'
join -v 1 "$d/program" "$d/page" >"$d/out"
ok 'and leaves out no claim' '! [ -s "$d/out" ]'

if [ -n "$NSOBENCH_BIG" ]; then
	ok 'every test tells a frozen method and random search, or says why not' \
		'$B rates --all --power >"$d/out" 2>"$d/err"'
else
	ok 'a test tells a frozen method and random search, or says why not' \
		'$B rates gd-pl strongly-convex-average lower-bound --power >"$d/out" 2>"$d/err"'
fi
