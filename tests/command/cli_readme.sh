# The README lists what the program lists (mend with: make readme). Prints TAP.
echo 1..1
B=${NSOBENCH:-./nsobench}
list=$($B list --markdown)
readme=$(awk '/^<!-- end of list/ { exit } inside { print } /^<!-- list:/ { inside = 1 }' "$srcdir/README.md")
if [ "$list" = "$readme" ]; then echo 'ok 1 - the tables of the README are up to date'; else
	echo 'not ok 1 - the tables of the README are out of date: make readme'
fi
