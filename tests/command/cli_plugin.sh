# Plug-ins from outside: what they break is their own record; what cannot be loaded is named; two builds of one
# are never mixed. Prints TAP.
n=0
d=$(mktemp -d "${TMPDIR:-/tmp}/nsobench-plugin.XXXXXX") || exit 99
trap 'rm -rf "$d"' EXIT
B=${NSOBENCH:-./nsobench}
srcdir=${srcdir:-.}
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0"
echo 1..37

ok() { # ok NAME CONDITION
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$d/err" 2>/dev/null | head -20
	fi
}
code() { want=$1; shift; "$@" >"$d/out" 2>"$d/err"; got=$?; [ "$got" = "$want" ]; }
says() { grep -qF -- "$1" "$d/err"; }
# what a replay must repeat; `of NAMES DIR`: the records of these methods alone
bare() { sed -E 's/"seconds":\{[^}]*\}//; s/"peak_rss_kib":-?[0-9]+//; s/"cell":[0-9]+,//' "$1/runs.jsonl" | sort; }
of() { bare "$2" | grep -E "\"optimizer\":\{\"name\":\"($1)\""; }
ended() { grep -E "\"optimizer\":\{\"name\":\"$1\"" "$d/t/runs.jsonl" | grep -q "$2"; }

# ------------------------------------------------------------------ cells of other methods

P='--plugin tests/plugins/trouble.so'
peers='adam|s-adam|subgradient|bfgs'
peer_arguments='-P maxq -P chained-lq -P crescent --seeds 2 -O adam -O s-adam -O subgradient -O bfgs --budget 3000'
troubles='-O fork -O alarm -O surroundings -O close -O scribble -O strange -O crash -O leave -O hostile -O twice -O walk'
ok 'the peers alone' 'code 0 $B run $peer_arguments -o "$d/p" -j 2 -q'
ok 'the peers among troubles' 'code 1 $B run $P $peer_arguments $troubles -o "$d/t" -j 1 -q'
ok 'their records are the same, bit for bit' '[ -n "$(bare "$d/p")" ] && [ "$(bare "$d/p")" = "$(of "$peers" "$d/t")" ]'
ok 'with two workers too' 'code 1 $B run $P $peer_arguments $troubles -o "$d/t2" -j 2 -q; [ "$(bare "$d/p")" = "$(of "$peers" "$d/t2")" ]'
ok 'and what runs apart is the same for any number of workers' '[ "$(of "walk|hostile|strange|fork" "$d/t")" = "$(of "walk|hostile|strange|fork" "$d/t2")" ]'
cells=$($B run $P $peer_arguments $troubles --dry-run 2>/dev/null | sed -n 's/ runs$//p')
ok 'one record a cell, one line a record' '[ "$(wc -l <"$d/t/runs.jsonl")" = "$cells" ] && [ "$(grep -c "^{\"schema\":\"nsobench-run/1.0\".*}$" "$d/t/runs.jsonl")" = "$cells" ]'
ok 'a copy that a plug-in forks writes nothing' 'ended fork "\"status\":\"converged\""'
ok 'and nothing that it started is left' '! ps -eo args 2>/dev/null | grep -v grep | grep -q "$d/t"'
ok 'a timer that rings ends its own cell at most' 'ended alarm "\"status\":\"c"'
ok 'signals, masks, folder, rounding: the run ends well' 'ended surroundings "\"status\":\"converged\""'
ok 'numbers keep the point whatever the locale' '! grep -qE "[0-9],[0-9]+e" "$d/t/runs.jsonl"'
ok 'who closes the channel has no record' 'ended close "\"status\":\"crashed\",\"reason\":\"it ended without a record\""'
ok 'noise on the channel is not a record' 'ended scribble "\"status\":\"crashed\",\"reason\":\"its record was not accepted"'
ok 'no noise in the file' '! grep -q 0123456789abcdef "$d/t/runs.jsonl"'
ok 'an illegal status is a failure with its number' 'ended strange "\"status\":\"failed\",\"reason\":\"step returned 77, expected 0 to 4"'
hostile() { of hostile "$d/t" | grep -qF -- "$1"; }
ok 'a title with quotes is escaped' 'hostile '"'"'"title":"\"title\" $(touch x) `id` <script> \\"'"'"
ok 'words too, and what is reported beyond the columns goes nowhere' 'hostile '"'"'"options":{"quote":1,"word":"$(touch x)"}'"'"' && hostile '"'"'"d":[null,3'"'"
ok 'a column may not take the name of one of the harness' 'ended twice "\"status\":\"failed\",\"reason\":\"the column .gap. of twice"'
ok 'every line can be read' 'code 0 $B summary "$d/t" && ! says warning'
ok 'a timeout ends the child, not its worker' 'code 1 $B run $P -P maxq -O hang -O walk -o "$d/to" -j 1 -q --timeout 0.5 --budget 50 && grep -q "\"status\":\"timeout\",\"reason\":\"longer than 0.5 s\"" "$d/to/runs.jsonl" && [ "$(wc -l <"$d/to/runs.jsonl")" = 2 ]'

# ------------------------------------------------------------------ loading

build() { # build N FILE: a rogue plug-in
	${CC:-cc} $CPPFLAGS -I"$srcdir/src" $(${PKG_CONFIG:-pkg-config} --cflags gsl) -DROGUE=$1 -w -fPIC -shared \
		-o "$2" "$srcdir/tests/plugins/rogue.c" 2>"$d/err"
}
refused() { # refused N TEXT
	build $1 "$d/rogue.so" && code 3 $B run --plugin "$d/rogue.so" -P maxq -O rogue --budget 20 -o "$d/x" -q &&
		says "$d/rogue.so" && says "$2" && [ ! -e "$d/x" ] && ! grep -q "$(printf '\033')" "$d/err"
}
ok 'a constructor that crashes' 'refused 1 "signal 11"'
ok 'a constructor that exits' 'refused 2 "ended without"'
ok 'a constructor that never ends' 'refused 3 "longer than"'
ok 'a constructor that writes to all descriptors' 'refused 4 "not accepted"'
ok 'a constructor that changes the process: nothing of it stays' 'build 5 "$d/rogue.so" && code 0 $B run --plugin "$d/rogue.so" $peer_arguments -O rogue -o "$d/c5" -q && [ "$(bare "$d/p")" = "$(of "$peers" "$d/c5")" ]'
ok 'a table of options without end' 'refused 10 "more than 24 options"'
ok 'an option with a line break' 'refused 11 "(not printable)"'
ok 'a default out of its range' 'refused 12 "default 7, expected 0 to 1"'
ok 'a default that is no word' 'refused 13 "default 5, expected the number of a word, 0 to 1"'
ok 'a wild pointer in a table' 'refused 14 "signal 11"'
ok 'a name that is not kebab-case' 'refused 20 "(kebab-case)"'
ok 'no name' 'refused 21 "named '"'NULL'"'"'
ok 'a column with quotes' 'refused 22 "a column of"'
ok 'too many columns' 'refused 24 "more than 8 columns"'
ok 'no step' 'refused 25 "lacks one of init, step, free"'

# ------------------------------------------------------------------ two builds of one

build 0 "$d/one.so" && cp "$d/one.so" "$d/rogue.so"
$B run --plugin "$d/rogue.so" -P maxq -O rogue -O adam --budget 20 -o "$d/b" -q >/dev/null 2>"$d/err"
ok '--resume with the same build runs nothing' 'code 0 $B run --plugin "$d/rogue.so" -P maxq -O rogue -O adam --budget 20 -o "$d/b" --resume && says "0 runs"'
printf x >>"$d/rogue.so"
ok '--resume with another build runs its cells anew, and only them' 'code 0 $B run --plugin "$d/rogue.so" -P maxq -O rogue -O adam --budget 20 -o "$d/b" --resume && [ "$(grep -c "\"name\":\"rogue\"" "$d/b/runs.jsonl")" = 2 ] && [ "$(wc -l <"$d/b/runs.jsonl")" = 3 ] && [ "$(grep -o "\"build\":\"[0-9a-f]*\"" "$d/b/runs.jsonl" | sort -u | wc -l)" = 2 ]'
