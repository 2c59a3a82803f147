# run.sh TEST.py -- one Python test as TAP, with the package of this source and the program and library of
# this build. Without a Python, its numpy, or a shared library: a SKIP with the reason.
skip() { echo "1..0 # SKIP $*"; exit 0; }
test "${PYTHON:-:}" != : || skip 'no Python 3.9 or later'
"$PYTHON" -c 'import numpy' >/dev/null 2>&1 || skip "$PYTHON has no numpy"
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=$(pwd)
for NSOBENCH_LIBRARY in "$build/.libs/libnsobench.so.0" "$build/.libs/libnsobench.0.dylib"; do
	test ! -f "$NSOBENCH_LIBRARY" || break
done
test -f "$NSOBENCH_LIBRARY" || skip 'configured with --disable-shared: no libnsobench'
NSOBENCH=$build/nsobench
PYTHONPATH=$(cd "$here/../../python" && pwd):$here
PYTHONDONTWRITEBYTECODE=1 # the source may be read-only
export NSOBENCH NSOBENCH_LIBRARY PYTHONPATH PYTHONDONTWRITEBYTECODE
# A sanitizer must be the first thing in a process; what Python itself leaves behind is not ours.
for name in asan ubsan; do
	file=$(ldd "$NSOBENCH_LIBRARY" 2>/dev/null | sed -n "s/.*lib$name[^ ]* => \([^ ]*\).*/\1/p")
	preload=$preload${file:+${preload:+ }$file}
done
test -z "$preload" || ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
export ASAN_OPTIONS
exec env ${preload:+LD_PRELOAD="$preload"} "$PYTHON" "$1"
