# Processes killed at any moment: parent, worker, child of a plug-in's cell, the whole group, and workers of a
# stopped parent. After --resume the records are those of a run that nobody disturbed. Prints TAP.
# 12 kills and 2 stops; all 200 and 20 under NSOBENCH_BIG=1.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-kill.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
kills=12 stops=2
[ -n "$NSOBENCH_BIG" ] && kills=200 stops=20
if ! command -v setsid >/dev/null || [ ! -r /proc/self/task/$$/children -a ! -r /proc/$$/task/$$/children ]; then
	echo '1..0 # SKIP needs setsid and /proc/PID/task/PID/children'
	exit 0
fi
echo 1..13

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/fault" 2>/dev/null | head -20
	fi
}
what="--plugin tests/plugins/heavy_ball.so -P maxq:n=50 -P chained-lq:n=50 --instances 0-11 -O s-adam -O heavy-ball:lr=0.001
	--budget 60000 -j 3 -q --resume"
# the last record of each key, without times
last() {
	sed -E 's/"seconds":\{[^}]*\}//; s/"peak_rss_kib":-?[0-9]+//' "$1/runs.jsonl" |
		awk '{ k = substr($0, index($0, "\"key\":\"") + 7, 16); line[k] = $0 } END { for (k in line) print line[k] }' | sort
}
children() { cat /proc/$1/task/$1/children 2>/dev/null; }
# the k-th number of a fixed stream, below 1000
draw() { awk -v k="$1" 'BEGIN { x = k * 7919 + 12345; for (i = 0; i < 5; i++) x = (x * 16807 + 11) % 2147483647; print x % 1000 }'; }
nth() { shift $(($1 % ($# - 1) + 1)); echo $1; }
fault() { echo "$*" >>"$d/fault"; eval "$1=\$(($1 + 1))"; }

start() { # start FOLDER: sets pid; returns while it runs, some time after it began
	setsid $B run $what -o "$1" >/dev/null 2>"$d/err" &
	pid=$!
	sleep 0.$(printf %03d $(draw $round))
}
# Whole lines stay where they are, whatever happens after.
keep() { # keep FOLDER: what was whole at the last look is the beginning of the file now
	[ -e "$1/runs.jsonl" ] || return 0
	[ ! -e "$d/kept" ] || cmp -s -n $(stat -c %s "$d/kept") "$d/kept" "$1/runs.jsonl" || fault lost "$1: a record that stood there is gone"
	awk 'NR > 1 { print held } { held = $0 } END { }' "$1/runs.jsonl" >"$d/kept"
	[ -z "$(tail -c 1 "$1/runs.jsonl")" ] && cp "$1/runs.jsonl" "$d/kept"
	return 0
}
finish() { # finish FOLDER: resume to the end; the records are those of an undisturbed run
	$B run $what -o "$1" >/dev/null 2>"$d/err"
	keep "$1"
	last "$1" >"$d/now"
	cmp -s "$d/whole" "$d/now" || fault differ "$1: $(diff "$d/whole" "$d/now" | cut -c 1-200 | head -4)"
	grep -vq '^{"schema":"nsobench-run/1.0","key":"[0-9a-f]\{16\}".*}$' "$1/runs.jsonl" && fault torn "$1: a torn line is left"
	$B summary "$1" 2>&1 >/dev/null | grep -q 'not JSON\|torn\|no record' && fault torn "$1: summary warns"
	rm -rf "$1" "$d/kept"
}

$B run $what -o "$d/u" >/dev/null 2>"$d/fault"
ok 'a run that nobody disturbs' '[ "$(wc -l <"$d/u/runs.jsonl")" = 48 ]'
last "$d/u" >"$d/whole"
: >"$d/fault"
lost=0 differ=0 torn=0 dropped=0 hit=0 parents=0 workers=0 groups=0 cells=0 round=0

while [ $hit -lt $kills ] && [ $round -lt $((4 * kills)) ]; do
	round=$((round + 1))
	start "$d/k"
	set -- $(children $pid)
	case $((round % 4)) in
	0) kill -9 $pid 2>/dev/null && hit=$((hit + 1)) parents=$((parents + 1)) ;;
	1) kill -9 -$pid 2>/dev/null && hit=$((hit + 1)) groups=$((groups + 1)) ;;
	2) [ $# -gt 0 ] && kill -9 $(nth $round $*) 2>/dev/null && hit=$((hit + 1)) workers=$((workers + 1)) ;;
	3) # the child that runs a plug-in's cell, where there is one just now
		set -- $(for w; do children $w; done)
		[ $# -gt 0 ] && kill -9 $(nth $round $*) 2>/dev/null && hit=$((hit + 1)) cells=$((cells + 1)) ;;
	esac
	wait $pid 2>/dev/null
	code=$?
	keep "$d/k"
	if [ $code = 0 -o $code = 1 ]; then
		# it came to its end: every cell has a record, if only of its crash
		[ "$(last "$d/k" | wc -l)" = 48 ] || fault dropped "round $round: $(last "$d/k" | wc -l) cells of 48"
		finish "$d/k"
	fi
done
[ ! -e "$d/k" ] || finish "$d/k"
echo "# $hit kills: $parents parents, $groups groups, $workers workers, $cells children of cells"
ok "$kills kills" '[ $hit -ge $kills ] && [ $parents -gt 0 ] && [ $groups -gt 0 ] && [ $workers -gt 0 ]'
ok 'no record that was written is lost' '[ $lost = 0 ]'
ok 'no cell is dropped' '[ $dropped = 0 ]'
ok 'no torn line is accepted' '[ $torn = 0 ]'
ok 'after --resume all records are those of the undisturbed run' '[ $differ = 0 ]'

stopped=0
while [ $stopped -lt $stops ] && [ $round -lt $((4 * kills + 4 * stops)) ]; do
	round=$((round + 1))
	start "$d/s"
	kill -STOP $pid 2>/dev/null || continue
	set -- $(children $pid)
	sleep 0.$((round % 3))
	[ $# -gt 0 ] && kill -9 $(nth $round $*) 2>/dev/null && stopped=$((stopped + 1))
	kill -CONT $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ "$(last "$d/s" | wc -l)" = 48 ] || fault dropped "stop $round: $(last "$d/s" | wc -l) cells of 48"
	finish "$d/s"
done
ok "$stops stopped parents with a killed worker" '[ $stopped -ge $stops ]'
ok 'none dropped a cell' '[ $dropped = 0 ]'
ok 'none lost or changed a record' '[ $lost = 0 ] && [ $differ = 0 ] && [ $torn = 0 ]'

# idle workers: the parent sleeps while they end their cells, and wakes to give the next one to the dead
start "$d/i"
while [ -z "$(children $pid)" ]; do sleep 0.05; done
kill -STOP $pid 2>/dev/null
sleep 1.5
kill -9 $(children $pid) 2>/dev/null
kill -CONT $pid 2>/dev/null
wait $pid 2>/dev/null
ok 'a cell that goes to a dead worker is handed out again' '[ "$(last "$d/i" | wc -l)" = 48 ]'

# SIGTERM to one worker, here and to one that watches over the child of a plug-in
terminated() { # terminated FOLDER ARGUMENTS: how the runs ended, one a line
	f=$1
	shift
	$B run "$@" -j 1 -q -o "$f" >/dev/null 2>"$d/fault" &
	pid=$!
	while [ -z "$(children $pid)" ] && kill -0 $pid 2>/dev/null; do sleep 0.05; done
	sleep 0.2
	kill -TERM $(children $pid) 2>/dev/null
	wait $pid
	grep -o '"status":"[a-z]*"' "$f/runs.jsonl" | sort | uniq -c | tr -s ' \n' ' '
}
ok 'a SIGTERM to a worker ends one cell' '[ "$(terminated "$d/t" -P maxq:n=400 -O s-adam -O s-adam:lr=0.02 -O s-adam:lr=0.03 --budget 400000)" = " 2 \"status\":\"budget\" 1 \"status\":\"interrupted\" " ]'
ok 'one of a plug-in too' '[ "$(terminated "$d/p" --plugin tests/plugins/trouble.so -P maxq -P cb2 -P chained-lq -O doze --steps 150)" = " 2 \"status\":\"budget\" 1 \"status\":\"interrupted\" " ]'

left() { for p in /proc/[0-9]*/cmdline; do case $({ tr '\0' ' ' <$p; } 2>/dev/null) in *"nsobench run "*"$d/"*) return 0 ;; esac; done; return 1; }
sleep 0.5
ok 'no process is left behind' '! left'
