# bench_records.sh BUILD SOURCE [RECORDS] -- records of 100 problems, 10 methods and 50 points of a trace: seconds
# of the processor and memory that reading them takes. The records are made (bench/make_records), not run.
b=$1
records=${3:-20000}
d=$(mktemp -d) || exit 1
trap 'rm -rf "$d"' EXIT
"$b/bench/make_records" "$records" 100 10 50 >"$d/runs.jsonl" || exit 1
size=$(($(wc -c <"$d/runs.jsonl") / 1000000))
if ! "${PYTHON:-python3}" -c 'import resource' 2>/dev/null; then
	echo "records         not measured: python3 tells the time and memory of a child, and is not there"
	exit 0
fi
# measured TEXT COMMAND... -- one line; the code must be 0
measured() {
	"${PYTHON:-python3}" - "$@" <<'PYTHON'
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print("%-15s %.2f s, %.0f MB" % (sys.argv[1], u.ru_utime + u.ru_stime, u.ru_maxrss / 1024))
sys.exit(code)
PYTHON
}
echo "$records records, $size MB"
measured "  summary" "$b/nsobench" summary "$d" || exit 1
measured "  merge" "$b/nsobench" merge "$d" -o "$d/merged" || exit 1
measured "  resume" "$b/nsobench" run -P maxq -O sgd --budget 10 -q --resume -o "$d" || exit 1
