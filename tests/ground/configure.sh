# configure refuses what makes NaN and infinity numbers or reorders sums, wherever it stands. Prints TAP.
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-configure.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
cc=${CC:-cc}
unset CC CFLAGS CPPFLAGS LDFLAGS CONFIG_SITE
test -x "$srcdir/configure" || { echo '1..0 # SKIP no configure script'; exit 0; }
# A source of its own: this one may be configured in place.
mkdir "$d/source" "$d/source/src" "$d/build" && cd "$d/build" || exit 99
ln -s "$srcdir/configure" "$srcdir/build-aux" "$d/source"
ln -s "$srcdir/src/nsobench.h" "$d/source/src"
n=0

# configure [VARIABLE=VALUE]...: its words; it always ends early, at a pkg-config that finds nothing
configure() { "$d/source/configure" PKG_CONFIG=false "$@" >"$d/log" 2>&1; }

refused() { # refused FLAG [VARIABLE=VALUE]...
	flag=$1
	shift
	n=$((n + 1))
	if configure "$@"; then echo "not ok $n - $* is refused"; return; fi
	if grep -q "configure: error: .*$flag.*refused" "$d/log"; then
		echo "ok $n - $* is refused"
	else
		echo "not ok $n - $* is refused"
		sed 's/^/# /' "$d/log" | tail -3
	fi
}

taken() { # taken [VARIABLE=VALUE]...
	n=$((n + 1))
	configure "$@"
	if grep -q 'IEEE arithmetic\.\.\. yes' "$d/log"; then
		echo "ok $n - $* is taken"
	else
		echo "not ok $n - $* is taken"
		sed 's/^/# /' "$d/log" | tail -3
	fi
}

refused -ffinite-math-only "CC=$cc" 'CFLAGS=-O2 -ffinite-math-only'
refused -ffast-math "CC=$cc" 'CPPFLAGS=-ffast-math'
refused -Ofast "CC=$cc -Ofast"
refused -ffast-math "CC=$cc" 'LDFLAGS=-ffast-math'
printf '#!/bin/sh\nexec %s -ffast-math "$@"\n' "$cc" >"$d/wrapped"
chmod +x "$d/wrapped"
refused 'set by the compiler itself' "CC=$d/wrapped"
taken "CC=$cc" CFLAGS=-O3
taken "CC=$cc" 'CFLAGS=-O2 -fno-fast-math -fno-finite-math-only'
echo "1..$n"
