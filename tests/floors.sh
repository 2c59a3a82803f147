# Arrows point down: no room of src includes a header of a room above it or calls into one; problems and
# optimizers know of the harness only what nsobench.h declares; no two files call each other in a circle.
# Calls are read from the object files of this build. Prints TAP.
rooms='ground measure run check analysis study picture command library'
srcdir=${srcdir:-.}
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-floors.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
n=0
echo 1..6

ok() { # ok NAME FILE: the file lists what is wrong, one a line
	n=$((n + 1))
	if [ -s "$2" ]; then echo "not ok $n - $1"; sed 's/^/# /' "$2" | head -40; else echo "ok $n - $1"; fi
}

# ------------------------------------------------------------------ includes

# awk: floor["ground"] = 1, floor["measure"] = 2 ...
floors='BEGIN { k = split(ROOMS, r, " "); for (i = 1; i <= k; i++) floor[r[i]] = i }'
(cd "$srcdir/src" && grep -n '^#include "' */*.[ch]) >"$d/includes"
awk -v ROOMS="$rooms" -F'[/":]' "$floors"'
	{ split($0, part, "\""); split(part[2], to, "/"); split($0, from, "/") }
	to[1] in floor && floor[to[1]] > floor[from[1]] { print }' "$d/includes" >"$d/up"
[ -s "$d/includes" ] || echo 'no includes were found' >"$d/up"
ok 'no room includes one above it' "$d/up"
awk -F: '{ split($0, part, "\""); split($1, from, "/") }
	part[2] !~ /\// && part[2] !~ /^((lib)?nsobench\.h|wide\.h|build\.h|registry\.def|tables\.h)$/ { print }' "$d/includes" >"$d/bare"
ok 'an include names its room' "$d/bare"
(cd "$srcdir" && grep -rn '^#include "\(ground\|measure\|run\|check\|analysis\|study\|picture\|command\|library\)/' \
	problems optimizers) >"$d/leaf"
ok 'problems and optimizers include nothing of the harness but installed headers' "$d/leaf"

# ------------------------------------------------------------------ calls

# lines "OBJECT T symbol" for what a file defines and "OBJECT U symbol" for what it takes
objects=$(find src problems optimizers -name '*.o' 2>/dev/null)
for o in $objects; do
	[ -f "$srcdir/$(echo "${o%.o}" | sed "s/libcore_la-//; s:/\.libs/:/:").c" ] || continue # of a file that is gone
	nm "$o" | awk -v o="${o%.o}" '$(NF-1) ~ /^[TDRBCiVW]$/ { print o, "T", $NF } $(NF-1) == "U" { print o, "U", $NF }'
done | sed 's/libcore_la-//; s:/\.libs/:/:' >"$d/symbols"
awk '$2 == "T" { home[$3] = $1; next } { take[++k] = $0 }
	END { for (i = 1; i <= k; i++) { split(take[i], t, " "); if (t[3] in home && home[t[3]] != t[1]) print t[1], home[t[3]], t[3] } }' \
	"$d/symbols" >"$d/calls"
awk -v ROOMS="$rooms" "$floors"'
	{ split($1, a, "/"); split($2, b, "/") }
	a[1] == "src" && b[1] == "src" && a[2] != "main" && floor[b[2]] > floor[a[2]] { print $1 " takes " $3 " from " $2 }' "$d/calls" >"$d/up"
[ -s "$d/calls" ] || echo 'no object files were found' >"$d/up"
ok 'no room calls one above it' "$d/up"
awk '{ split($1, a, "/"); split($2, b, "/") }
	a[1] != "src" && b[1] == "src" && $3 !~ /^nso_/ { print $1 " takes " $3 " from " $2 }' "$d/calls" >"$d/leaf"
ok 'problems and optimizers call only the verbs of nsobench.h' "$d/leaf"
awk '{ print $1, $2 }' "$d/calls" | sort -u | tsort >/dev/null 2>"$d/circles"
ok 'no files call each other in a circle' "$d/circles"
