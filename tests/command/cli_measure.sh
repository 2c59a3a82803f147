# nsobench measure from outside: points, folders, refusals. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-measure.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
echo 1..20

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" 2>/dev/null | head -20
	fi
}
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }
at() { printf '%s\n' "$1" >"$d/in"; shift; code "$@" <"$d/in"; }
says() { grep -q -- "$1" "$d/err"; }

ok '--help' 'code 0 $B measure --help && grep -q "^Usage" "$d/out"'
ok 'a minimizer is stationary' 'at minimizer 0 $B measure cb3 --json && grep -Eq "\"clarke\":[0-9.]+e-1[0-9]" "$d/out"'
ok 'a smooth point gives |g|' 'at "5 3" 0 $B measure l1-norm:n=2 --json && grep -Eq "\"clarke\":1.41421356237309[0-9]*,\"clarke_lower\":1.41421356237309[0-9]*," "$d/out"'
ok 'tables' 'at start 0 $B measure cb2 && grep -q "Clarke" "$d/out" && grep -q "d_delta" "$d/out"'
ok 'the same twice' 'at start 0 $B measure maxquad --json && cp "$d/out" "$d/first" && at start 0 $B measure maxquad --json && cmp -s "$d/out" "$d/first"'
ok 'leaving one out changes no other' 'at start 0 $B measure maxquad --json --skip lgi,directional && [ "$(sed "s/.*\"delta\"//" "$d/out")" = "$(sed "s/.*\"delta\"//" "$d/first")" ]'
ok 'an unknown problem names the nearest' 'at start 2 $B measure macq && says "did you mean .maxq."'
ok 'radii must ascend' 'at start 2 $B measure cb2 --delta 1,0.1 && says "ascending"'
ok 'a point of the wrong length says both' 'at "1 2 3" 3 $B measure cb2 && says "more than 2 numbers"'
ok 'a word that is no number is named' 'at "1 x" 3 $B measure cb2 && says "line 1" && says "is not a number"'
ok 'no point at all' 'at "" 3 $B measure cb2 && says "no point"'
ok 'a folder with points' 'code 0 $B run -P cb2 -P maxquad -O bfgs --budget 600 --record x -o "$d/a" && code 0 $B measure "$d/a" --json && [ "$(wc -l <"$d/out")" = 2 ]'
ok 'a folder without points says how to make them' 'code 0 $B run -P cb2 -O bfgs --budget 60 -o "$d/b" && code 3 $B measure "$d/b" && says "--record x"'
ok 'script and numbers of the picture' 'at minimizer 0 $B measure cb3 -o "$d/p" || [ "$got" = 4 ]; [ -s "$d/p/goldstein.gp" ] && [ "$(grep -c "^[0-9]" "$d/p/goldstein.dat")" = 6 ]'
ok 'the probes of lgi are settings: the key, the record and the index follow' 'key() { $B run -P cb2 -O adam --budget 50 --dry-run "$@" | sed -n "2s/ .*//p"; } && [ "$(key)" = "$(key --lgi-k 8 --lgi-delta 0.01)" ] && [ "$(key)" != "$(key --lgi-k 4)" ] && [ "$(key --lgi-delta 4)" != "$(key --lgi-k 4)" ] && code 0 $B run -P cb2 -O adam --budget 50 --measure lgi --lgi-k 4 --lgi-delta 1e-3 -o "$d/l" && says "lgi 65$" && grep -q "\"measures\":{\"lgi\":{\"k\":4,\"delta\":0.001}}" "$d/l/runs.jsonl"'
ok 'a walk over kinks: start, minimizer, beside it, kinks' 'code 0 $B run -P l1-norm:n=2 -O kink-walk --steps 6 --trace all --measure kink_distance,diameter -o "$d/w" && grep -q "\"step\":\[0,1,2,3,4,5,6\]" "$d/w/runs.jsonl" && grep -Eq "\"diameter\":\[0,2.828427[0-9]*,0,0,0," "$d/w/runs.jsonl"'
ok 'one smooth gradient has diameter 0' 'code 0 $B run -P sphere -O adam --steps 2 --trace all --measure diameter -o "$d/s" && grep -q "\"diameter\":\[0,0,0\]" "$d/s/runs.jsonl"'
ok 'show NAME of a measure: formula, cost' 'code 0 $B show clarke && grep -q "^formula.*dist(0, df(x))" "$d/out" && grep -q "^cost.*pieces" "$d/out"'
ok 'list measures --json' 'code 0 $B list measures --json && [ "$(grep -c "\"cost\":" "$d/out")" = 13 ]'
ok 'a run says what its measures cost' 'code 0 $B run -P cb2 -O adam --budget 50 --measure clarke,lgi -o "$d/c" && says "clarke 1, lgi 129$" && code 0 $B run -P cb2 -O adam --budget 50 --measure none -o "$d/n" && ! says measures'
