# Completion of nsobench for bash: commands, options, problems, optimizers and their options, suites, claims.
# What there is comes from the program itself.
_nsobench_names() { "${COMP_WORDS[0]}" list "$1" 2>/dev/null | awk '/^  [^ ]/ { print $1 }'; }

# NAME:opt=val,...: the names, then the options of the one that stands there
_nsobench_entry() {
	local kind=$1 word=$2 name=${2%%:*} rest
	case $word in
	*:*)
		rest=${word#*:}
		case $rest in *,*) rest=${rest%,*}, ;; *) rest= ;; esac
		"${COMP_WORDS[0]}" show "$name" 2>/dev/null |
			awk -v front="$name:$rest" '/^options/ { on = 1; next } on && /^  [a-z]/ { print front $1 "=" }' ;;
	*) _nsobench_names "$kind" ;;
	esac
}

_nsobench() {
	local word last command words
	# the readline that completes splits at : and =; the line itself does not
	word=${COMP_LINE:0:COMP_POINT}
	word=${word##* }
	last=${COMP_LINE:0:COMP_POINT-${#word}}
	last=${last%% }
	last=${last##* }
	command=${COMP_WORDS[1]}
	case $last in
	-P | --problem) words=$(_nsobench_entry problems "$word") ;;
	-O | --optimizer) words=$(_nsobench_entry optimizers "$word") ;;
	"${COMP_WORDS[0]}") words=$("${COMP_WORDS[0]}" --complete) ;;
	*)
		case $word in
		-*) words=$("${COMP_WORDS[0]}" --complete "$command") ;;
		*)
			case $command in
			run) words=$(_nsobench_names suites) ;;
			rates) words=$(_nsobench_names rates) ;;
			show | eval | check) words="$(_nsobench_entry problems "$word") $(_nsobench_entry optimizers "$word")" ;;
			list) words='problems optimizers suites rates measures' ;;
			help) words=$("${COMP_WORDS[0]}" --complete) ;;
			esac ;;
		esac ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	# what readline takes for the word begins behind its last break
	local front=${word%"${word##*[:=]}"}
	COMPREPLY=("${COMPREPLY[@]#"$front"}")
}
complete -o default -o nospace -F _nsobench nsobench
