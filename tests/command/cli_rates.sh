# nsobench rates from outside: verdicts, refusals, a user's own claim, broken methods. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-rates.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
M=tests/plugins/mutants.so
C=${srcdir:-.}/claims
echo 1..25

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" "$d/out" 2>/dev/null | head -20
	fi
}
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }
says() { grep -q -- "$1" "$d/err"; }
prints() { grep -q -- "$1" "$d/out"; }
# mutant CLAIM OPTIMIZER MUTANT: the claim with the broken method in place of the intact one
mutant() { sed "s/\"name\": \"$2\"/\"name\": \"$3\"/; s/\"$2\",\?$/\"$3\"/" "$C/$1.json" >"$d/$3.json"; }

ok '--help' 'code 0 $B rates --help && prints "^Usage"'
ok '--list names the claims' 'code 0 $B rates --list && prints gd-pl && prints sadam-rate'
ok 'list rates --json is JSON with the same names' 'code 0 $B list rates --json && prints "\"name\":\"gd-pl\""'
ok 'no claim at all is a usage error' 'code 2 $B rates'
ok 'a misspelt claim names the nearest' 'code 2 $B rates gd-p && says "did you mean .gd-pl."'
ok 'the Drori-Teboulle equality holds to 1e-12' 'code 0 $B rates subgradient-tight && prints "^holds"'
ok 'verdicts as JSON' 'code 0 $B rates gd-pl --json && prints "\"verdict\":\"holds\"" && prints "\"low\":"'
ok '-o writes a report with verdict and evidence' 'code 0 $B rates subgradient-tight -o "$d/r" --format svg || [ "$got" = 4 ]; grep -q "<section id=.claim.><h2>holds: subgradient-tight" "$d/r/subgradient-tight/report.html" && grep -q "<tr><td>holds.*</td><td>.*</td></tr>" "$d/r/subgradient-tight/report.html"'
ok '-o keeps records' 'code 0 $B rates subgradient-tight -o "$d/o" --format svg; [ -s "$d/o/subgradient-tight/runs.jsonl" ]'
ok 'and a picture with its data' '[ -s "$d/o/subgradient-tight/subgradient-tight.gp" ] && [ -s "$d/o/subgradient-tight/subgradient-tight.dat" ]'

mutant gd-pl sgd gd-far
ok 'gradient descent with twice the step violates gd-pl' 'code 1 $B rates "$d/gd-far.json" --plugin $M && prints "^refuted"'
mutant usam-ps-linear usam-ps usam-ps-far
ok 'twice Polyaks step violates usam-ps-linear' 'code 1 $B rates "$d/usam-ps-far.json" --plugin $M && prints "^refuted"'
mutant usam-ps-linear usam-ps usam-ps-sign
ok 'a perturbation of the wrong sign violates usam-ps-linear' 'code 1 $B rates "$d/usam-ps-sign.json" --plugin $M && prints "^refuted"'
mutant polyak-convex polyak polyak-sign
ok 'Polyaks step with the wrong sign of f* violates polyak-convex' 'code 1 $B rates "$d/polyak-sign.json" --plugin $M && prints "^refuted"'

sed 's/"statement"/"statemnt"/' "$C/gd-pl.json" >"$d/key.json"
ok 'an unknown key is refused with the nearest' 'code 3 $B rates "$d/key.json" && says "did you mean .statement."'
sed 's/1-pl\/L/1-pl\/M/' "$C/gd-pl.json" >"$d/name.json"
ok 'an unknown constant is named in the verdict' 'code 0 $B rates "$d/name.json" && prints "no quantity is named .M."'
sed 's/"lr": "1\/L"/"lr": "1\/(L"/' "$C/gd-pl.json" >"$d/expression.json"
ok 'a broken expression is refused with its place' 'code 3 $B rates "$d/expression.json" && says "expected .). at .the end."'
sed 's/pl-sine"/pl-sin"/' "$C/gd-pl.json" >"$d/problem.json"
ok 'an unknown problem names the nearest' 'code 3 $B rates "$d/problem.json" && says "did you mean .pl-sine."'

# own NAME LR STEPS TEST: gradient descent on |x|^2, L = 2
own() { printf '{"schema": "nsobench-claim/1.0", "id": "%s", "statement": "s", "source": "s", "proved": true, "problems": ["sphere"], "optimizers": [{"name": "sgd", "options": {"lr": "%s", "momentum": 0, "weight_decay": 0}}], "steps": %s, "tests": [%s]}' "$1" "$2" "$3" "$4" >"$d/$1.json"; }
own far '3/L' 2000 '{"linear": "1"}'
ok 'a run that diverges refutes a rate' 'code 1 $B rates "$d/far.json" && prints "a run diverged"'
own half '0.5/L' 60 '{"linear": "0.25", "exact": true}'
ok 'a claim of ones own with the exact factor holds' 'code 0 $B rates "$d/half.json" && prints "^holds"'
own wrong '0.5/L' 60 '{"linear": "0.2"}'
ok 'and with a better one is refuted' 'code 1 $B rates "$d/wrong.json" && prints "^refuted"'

ok 'S-Adam: its index falls where the diameter grows, other readings of its probes rise' 'code 0 $B rates sadam-lgi -o "$d/c" --format svg || [ "$got" = 4 ]; prints "^refuted  *sadam-lgi" && [ "$(grep -c "(holds).*lgi_curvature correlates" "$d/out")" = 2 ]'
ok 'and the picture has its points' '[ "$(grep -c "^[0-9]" "$d/c/sadam-lgi/sadam-lgi.dat")" = 1890 ]'
own pairs '0.5/L' 60 '{"correlates": "gap", "quantity": "t", "pool": true}'
sed 's/"steps"/"lgi.delta": 0, "steps"/' "$d/pairs.json" >"$d/delta.json"
ok 'a setting of a claim is held to its range' 'code 3 $B rates "$d/delta.json" && says "expected a number from 1e-300"'
ok 'what falls with the step does not rise with it' 'code 1 $B rates "$d/pairs.json" && prints "^refuted"'
