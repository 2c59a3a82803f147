# Completion of nsobench for fish: commands, their options, problems, optimizers and their options, suites, claims.
# What there is comes from the program itself.
function __nsobench_names
	nsobench list $argv[1] 2>/dev/null | awk '/^  [^ ]/ { print $1 }'
end

# NAME:opt=val,...: the names, then the options of the one that stands there
function __nsobench_entry
	set -l word (commandline -ct)
	if not string match -q '*:*' -- $word
		__nsobench_names $argv[1]
		return
	end
	set -l front (string replace -r '[^:,]*$' '' -- $word)
	nsobench show (string replace -r ':.*' '' -- $word) 2>/dev/null |
		awk -v front=$front '/^options/ { on = 1; next } on && /^  [a-z]/ { print front $1 "=" }'
end

function __nsobench_words
	set -l typed (commandline -opc)
	switch "$typed[-1]"
		case -P --problem
			__nsobench_entry problems
			return
		case -O --optimizer
			__nsobench_entry optimizers
			return
	end
	if test (count $typed) -eq 1
		nsobench --complete
		return
	end
	if string match -q -- '-*' (commandline -ct)
		nsobench --complete $typed[2]
		return
	end
	switch $typed[2]
		case run
			__nsobench_names suites
		case rates
			__nsobench_names rates
		case show eval check
			__nsobench_entry problems
			__nsobench_entry optimizers
		case list
			printf '%s\n' problems optimizers suites rates measures
		case help
			nsobench --complete
	end
end
complete -c nsobench -a '(__nsobench_words)'
