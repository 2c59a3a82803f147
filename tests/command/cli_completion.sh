# Completion in bash and fish: what is offered is what the program has. Prints TAP.
B=${NSOBENCH:-./nsobench}
srcdir=${srcdir:-.}
if ! command -v bash >/dev/null 2>&1; then echo '1..0 # SKIP no bash'; exit 0; fi
n=0
echo 1..15

# offers LINE WORD: WORD is among what is offered at the end of LINE
offers() {
	bash -c '
		. "$1"
		set -f
		COMP_LINE=$2 COMP_POINT=${#2}
		COMP_WORDS=($2) COMP_CWORD=1
		[ "${2: -1}" = " " ] && COMP_WORDS+=("")
		_nsobench
		printf "%s\n" "${COMPREPLY[@]}"' bash "$srcdir/completion/nsobench.bash" "$1" | grep -qxF -- "$2"
}
ok() {
	n=$((n + 1))
	if eval "$2"; then echo "ok $n - $1"; else echo "not ok $n - $1"; fi
}
ok 'commands' 'offers "$B su" summary'
ok 'options of a command' 'offers "$B run --bud" --budget'
ok 'settings are options too' 'offers "$B tune --sched" --schedule'
ok 'problems' 'offers "$B run -P maxq" maxq'
ok 'options of a problem' 'offers "$B run -P maxq:" n='
ok 'a second option of an optimizer' 'offers "$B run -O adam:lr=0.1,be" 0.1,beta1='
ok 'suites' 'offers "$B run qui" quick'
ok 'nothing that is not there' '! offers "$B run --bud" --batch'

# offers_fish LINE WORD: the same in fish, which replaces the whole word
offers_fish() {
	PATH=$(dirname "$B"):$PATH HOME=$PWD fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
		"$srcdir/completion/nsobench.fish" "$1" | cut -f 1 | grep -qxF -- "$2"
}
fish_ok() {
	if command -v fish >/dev/null 2>&1; then ok "fish: $1" "$2"; else
		n=$((n + 1))
		echo "ok $n - fish: $1 # SKIP no fish"
	fi
}
fish_ok 'commands' 'offers_fish "nsobench su" summary'
fish_ok 'options of a command' 'offers_fish "nsobench run --bud" --budget'
fish_ok 'problems' 'offers_fish "nsobench run -P maxq" maxq'
fish_ok 'options of a problem' 'offers_fish "nsobench run -P maxq:" maxq:n='
fish_ok 'a second option of an optimizer' 'offers_fish "nsobench run -O adam:lr=0.1,be" adam:lr=0.1,beta1='
fish_ok 'suites' 'offers_fish "nsobench run qui" quick'
fish_ok 'nothing that is not there' '! offers_fish "nsobench run --bud" --batch'
