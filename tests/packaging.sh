# The package, the citation, the container and the action say what is so. Prints TAP.
# NSOBENCH_BIG=1 builds the Debian packages and asks lintian.
root=`cd "${srcdir:-.}" && pwd`
n=0
ok() { n=`expr $n + 1`; if (eval "$2") >"$d/log" 2>&1; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' "$d/log" | tail -8; fi; }
skip() { n=`expr $n + 1`; echo "ok $n - $1 # SKIP $2"; }
d=`mktemp -d "${TMPDIR:-/tmp}/nsobench-packaging.XXXXXX"` || exit 99
trap 'rm -rf "$d"' EXIT
yaml() { /usr/bin/python3 -c "import sys, yaml; f = yaml.safe_load(open(sys.argv[1])); $2" "$root/$1"; }

version=`sed -n 's/^#define VERSION "\(.*\)"/\1/p' config.h`
ok 'citation, package and Python package have the version of the program' '
	test -n "$version" &&
	grep -qx "version: $version" "$root/CITATION.cff" &&
	head -1 "$root/debian/changelog" | grep -qF "nsobench ($version) " &&
	grep -q "^__version__ = \"$version\"" "$root/python/nsobench/__init__.py" &&
	test "`${NSOBENCH:-./nsobench} --version`" = "nsobench $version"'
if /usr/bin/python3 -c 'import yaml' 2>/dev/null; then
	ok 'CITATION.cff has what the format asks for' 'yaml CITATION.cff "assert all(f[k] for k in (\"cff-version\", \"message\", \"title\", \"authors\"))"'
	# GitHub pastes what stands in braces into the script: inputs go through the environment
	ok 'the action pastes no input into a script' 'yaml action.yml "assert f[\"runs\"][\"using\"] == \"composite\" and not [s for s in f[\"runs\"][\"steps\"] if \"\${{\" in s[\"run\"]]"'
	ok 'the steps of the action fail where a method got worse, and only there' '
		yaml action.yml "[print(s[\"run\"]) for s in f[\"runs\"][\"steps\"][1:2]]" >"$d/run.sh" &&
		yaml action.yml "[print(s[\"run\"]) for s in f[\"runs\"][\"steps\"][2:]]" >"$d/compare.sh" &&
		program=`readlink -f "${NSOBENCH:-./nsobench}"` && mkdir -p "$d/action/build" && cd "$d" &&
		printf "#!/bin/sh\nexec %s \"\$@\"\n" "$program" >action/build/nsobench && chmod +x action/build/nsobench &&
		GITHUB_ACTION_PATH=$d/action GITHUB_STEP_SUMMARY=$d/step && export GITHUB_ACTION_PATH GITHUB_STEP_SUMMARY &&
		P="-q --seeds 8 --instances 0,1 --budget 300 -P maxq:n=5" &&
		ARGUMENTS="$P -O sgd:lr=0.1" OUTPUT=good bash -e run.sh && test -s good/report.html && test -s step &&
		ARGUMENTS="$P -O sgd:lr=0.1" OUTPUT=same bash -e run.sh &&
		BASELINE=good OUTPUT=same bash -e compare.sh &&
		ARGUMENTS="$P -O sgd:lr=0.001" OUTPUT=bad bash -e run.sh && sed -i "s/\"lr\":0.001\b/\"lr\":0.1/g" bad/runs.jsonl &&
		! BASELINE=good OUTPUT=bad bash -e compare.sh'
else
	skip 'citation and action' 'no python3-yaml'
fi
if test -z "$NSOBENCH_BIG"; then skip 'dpkg-buildpackage builds packages that lintian accepts' 'NSOBENCH_BIG=1 runs it'
elif ! (dpkg-buildpackage --version && lintian --version && git -C "$root" rev-parse) >/dev/null 2>&1; then
	skip 'dpkg-buildpackage builds packages that lintian accepts' 'no dpkg-buildpackage, lintian or git'
else
	ok 'dpkg-buildpackage builds packages that lintian accepts' '
		mkdir "$d/nsobench" && (cd "$root" && git ls-files | tar cf - -T -) | tar xf - -C "$d/nsobench" &&
		cd "$d/nsobench" && dpkg-buildpackage -us -uc >"$d/build.log" 2>&1 || { tail -5 "$d/build.log"; exit 1; }
		lintian --allow-root --fail-on error "$d"/nsobench_*.changes'
fi
echo "1..$n"
