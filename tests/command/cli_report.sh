# The page of a run that goes on, through the real program: it is there before the run ends, tells
# how far it is and loads itself again; the last one does not. TAP; runs in a scratch folder.
nso=`pwd`/nsobench
dir=`mktemp -d ./cli-report-XXXXXX` || exit 99
cd "$dir" || exit 99
n=0
t() { n=`expr $n + 1`; if eval "$2" >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err.log; fi; }
again='<noscript><meta http-equiv="refresh"'

# More cells than can end while this looks; it is stopped as soon as a page was seen.
"$nso" run -q --live -j 1 -P maxq:n=50 -O adam --noise 0.1 --seeds 9999 --budget 20000 -o long >long.log 2>&1 &
run=$!
wait_for() { i=0; while test $i -lt 60 && ! grep -q "$again" long/report.html 2>/dev/null; do sleep 1; i=`expr $i + 1`; done; }
wait_for
cp long/report.html early.html
kill -TERM $run
wait $run

t 'a page is there while the run goes on, and loads itself again' 'grep -q "$again" early.html'
t 'it says how far the run is' 'grep -q "role=.status.>[1-9][0-9]* of 9999 runs, 0 of them failed<" early.html'
t 'it is whole, with the runs so far' 'grep -q "</html>" early.html && grep -q "<td>Adam" early.html'
t 'the page of a run that was stopped says so and stays' 'grep -q "of 9999 runs, 0 of them failed; stopped<" long/report.html && ! grep -q "$again" long/report.html'
t 'nothing is left beside it' 'test `ls long | wc -l` = 3'

t 'the page of a run that ended is an ordinary report' '"$nso" run -q --live -P cb2 -O adam --budget 100 -o short && grep -q "role=.status.></p>" short/report.html && ! grep -q "$again" short/report.html'
t 'failed runs stand in it' '"$nso" run -q --live -P maxq:n=50 -O adam --noise 0.1 --budget 1e12 --timeout 1 -o poor; test $? = 1 && grep -q "run timeout" poor/report.html'
t 'without --live there is none' '"$nso" run -q -P cb2 -O adam --budget 100 -o plain && test ! -e plain/report.html'
t 'a page that cannot be written is said once, the run ends well' 'mkdir -p stuck/report.html/x; "$nso" run -q --live -P cb2 -O adam --budget 100 -o stuck 2>s.err; test $? = 0 && test `grep -c "run --live:" s.err` = 1 && test -s stuck/runs.jsonl'
cd .. && rm -rf "$dir"
echo "1..$n"
