# Pictures and report through the real program: each kind is drawn, not empty, with the expected
# number of curves; names stay literal; gnuplot missing and bad input are said and survived.
# TAP; runs in a scratch folder.
nso=`pwd`/nsobench
dir=`mktemp -d ./cli-plot-XXXXXX` || exit 99
cd "$dir" || exit 99
n=0
t() { n=`expr $n + 1`; if eval "$2" >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err.log; fi; }
skip() { n=`expr $n + 1`; echo "ok $n - $1 # SKIP $2"; }

# Six problems in the plane, five methods of which one has a name that gnuplot could take for markup.
"$nso" run -q -P cb2 -P cb3 -P maxq:n=2 -P rosenbrock -P nonsmooth-rosenbrock -P three-hump-camel \
  -O s-adam -O adam:lr=0.1 -O adam:lr=0.01 -O adam:lr=0.001 -O polyak --seeds 2 --budget 500 \
  --record x -o runs >run.log 2>&1 || { echo 'Bail out! nsobench run failed'; exit 1; }
sed -i.bak 's/"title":"Polyak"/"title":"P^{o}l_y @a\& \x27k\x27"/' runs/runs.jsonl

t 'summary prints a row per problem and method' '"$nso" summary runs >s.txt && test `grep -c "^Adam lr=0.1 " s.txt` = 7'
t 'summary --json is JSON' '"$nso" summary runs --json >s.json && grep -q "\"pairs\":" s.json'
t 'summary --csv has one head' '"$nso" summary runs --csv >s.csv && test `grep -c "^table," s.csv` = 1 && test `grep -c . s.csv` = 31'
t 'summary --cost steps says so' '"$nso" summary runs --cost steps | grep -q "^cost: steps"'
t 'a bad cost is refused' '"$nso" summary runs --cost values=1; test $? = 2'
t 'a misspelt kind names the nearest' '"$nso" plot runs --kind convergense; test $? = 2 && grep -q "convergence" err.log'
t 'a folder without records is refused' '"$nso" plot /nonexistent; test $? = 3'
mkdir other && echo '{"schema":"nsobench-run/2.0","key":"x"}' >other/runs.jsonl
t 'another major version is refused, both named' '"$nso" summary other; test $? = 3 && grep -q "nsobench-run/2.0" err.log && grep -q "nsobench-run/1" err.log'
t 'without gnuplot: exit 4, scripts and data stay' 'GNUPLOT=/nonexistent/gnuplot "$nso" plot runs -o bare; test $? = 4 && test -s bare/convergence.gp && test -s bare/convergence.dat && grep -q "gnuplot-nox" err.log'
t 'without gnuplot the report is written' 'mkdir away; GNUPLOT=/nonexistent/gnuplot "$nso" report runs -o away/bare.html; test $? = 4 && grep -q "gnuplot is missing" away/bare.html && test -s away/plots/ecdf.gp && test -s away/summary.csv && test ! -e runs/report.html'

# the smoke baselines: who is told the solution wins everything, blind search loses
"$nso" run -q -P maxq:n=20 -P chained-lq:n=20 -P mxhilb:n=20 -P maxquad -O oracle-cheat -O r-algorithm \
  -O bfgs -O random-search --budget 2000 -o smoke >run.log 2>&1
t 'the cheat wins every problem, random search is last' '"$nso" summary smoke --json | tr "{" "\n" >j.txt && grep "\"optimizer\":\"Cheat" j.txt | grep -q "\"mean_rank\":1," && grep "\"optimizer\":\"Random" j.txt | grep -q "\"mean_rank\":4,"'
t 'the best method has the first colour and the first place in every legend' 'GNUPLOT=/nonexistent "$nso" plot smoke --kind convergence,ecdf,ert,heatmap -o ranked; for k in convergence ecdf ert heatmap; do grep -q "^label.1. = .Cheat" ranked/$k.gp && grep -q "^colours = .#0072B2" ranked/$k.gp || exit 1; done'
t 'one that is solved at once does not flatten the panels' 'GNUPLOT=/nonexistent "$nso" plot smoke -o flat; awk "/^yhigh.1/ { exit !(\$3 >= 1) }" flat/convergence.gp'

"$nso" run -q -P cb2 -P goffin:n=50 -O subgradient:lr=0.02 --budget 300 -o mine >run.log 2>&1
t 'reference results overlay on the same problems' 'GNUPLOT=/nonexistent "$nso" report mine --with reference; grep -q "BFGS from=reference\|>BFGS<" mine/report.html && ! grep -q "maxquad" mine/summary.csv'
t 'an overlay with nothing in common is refused' '"$nso" report mine --with smoke; test $? = 3'

# compare: a folder against itself, against one whose gaps grew, against one with nothing in common
"$nso" run -q -P cb2 -P cb3 -O adam --instances 0-9 --budget 100 -o before >run.log 2>&1
mkdir after && sed 's/"optimum":[^,]*/"optimum":-2/' before/runs.jsonl >after/runs.jsonl
mkdir strange && sed "s/\"name\":\"cb/\"name\":\"no/" before/runs.jsonl >strange/runs.jsonl
t 'compare finds a folder equal to itself' '"$nso" compare before before --fail-on-regression >c.txt && grep -q "^0 of 3 " c.txt'
t 'compare finds what got worse' '"$nso" compare before after --fail-on-regression >c.txt; test $? = 1 && grep -q "  worse$" c.txt'
t 'compare finds what got better' '"$nso" compare after before --fail-on-regression >c.txt && grep -q "  better$" c.txt'
t 'without --fail-on-regression it only tells' '"$nso" compare before after'
t 'compare of strangers is refused' '"$nso" compare before strange; test $? = 3'

if (gnuplot --version) >/dev/null 2>&1; then
  t 'every kind is drawn as png and svg' '"$nso" plot runs --kind all --format png,svg >list'
  for kind in convergence stationarity ecdf performance-profile performance-profile-pairwise \
    data-profile ert heatmap critical-difference sensitivity trajectory-cb2-1 step-lgi; do
    t "$kind: png and svg are not empty" 'test `wc -c <runs/plots/$kind.png` -gt 5000 && grep -q "</svg>" runs/plots/$kind.svg'
  done
  # blocks of the data are the curves: 6 panels of 5 methods; in the SVG a polyline per median at least
  t 'convergence has 30 curves in the data' 'awk "/^\$/ { e++; if (e == 2) b++; next } { e = 0 } END { exit b != 30 }" runs/plots/convergence.dat'
  t 'convergence has 60 plots in the svg: bands and medians' 'test `grep -c "id=\"gnuplot_plot_" runs/plots/convergence.svg` -ge 60'
  t 'ecdf has 5 curves in the data' 'awk "/^\$/ { e++; if (e == 2) b++; next } { e = 0 } END { exit b != 5 }" runs/plots/ecdf.dat'
  "$nso" run -q -P cb2 -O bfgs -O polyak -O adam:lr=0.001 --budget 200 -o single >run.log 2>&1
  t 'one problem and three methods: a filled heat map, no tics between the names' '"$nso" plot single --kind heatmap,ert --format svg && test `grep -c "<polygon fill = .rgb(" single/plots/heatmap.svg` -ge 2 && ! grep -q "> *[0-9]*\.5</text>" single/plots/ert.svg && ! grep -q "> *[023]\.5<" single/plots/heatmap.svg'
  t 'a note wider than its picture is folded' '! grep -q "log10 of the ERT.*run" single/plots/heatmap.svg && grep -q ">log10 of" single/plots/heatmap.svg && grep -q "run</text>" single/plots/heatmap.svg'
  "$nso" run -q -P cb2 -P l1-norm:n=5 -O adam:lr=0.1 -O prox-gradient --budget 400 -o skips >run.log 2>&1
  t 'a skipped cell shades nothing' '"$nso" plot skips --kind ecdf --format svg && grep -q "^beyond.1. = 400$" skips/plots/ecdf.gp'
  "$nso" run -q -P cb2 -O adam:lr=0.1 -O polyak -O sgd:lr=1e3 --record x --budget 400 -o explodes >run.log 2>&1
  t 'a path that runs away does not press the others flat' '"$nso" plot explodes --kind trajectory --format svg && awk "/^xhigh/ { exit !(\$3 < 10) }" explodes/plots/trajectory-cb2-1.gp'
  t 'a name with markup stays literal' 'grep -q "P^{o}l_y @a&amp; .k. \[f\*\]" runs/plots/convergence.svg'
  t 'scripts run by hand' 'cd runs/plots && rm convergence.svg && gnuplot convergence.gp; s=$?; cd ../..; test $s = 0 && test -s runs/plots/convergence.svg'
  t 'a picture in the terminal' '"$nso" plot runs --term dumb --kind ecdf | grep -q "values + subgradients"'
  t 'pdf' '"$nso" plot runs --kind ecdf --format pdf && head -c 5 runs/plots/ecdf.pdf | grep -q "%PDF"'
  t 'the report holds the main pictures and names the others' '"$nso" report runs && test `grep -c "<figure>" runs/report.html` -ge 4 && for k in ecdf convergence heatmap; do grep -q "plots/$k.svg\|>$k.svg<" runs/report.html || exit 1; done'
  t 'it is at most 2 MB' 'test `wc -c <runs/report.html` -le 2000000'
  t 'it fetches nothing' '! grep -E "(src|href)=.(https?:|//|file:)|@import|url\(.?http" runs/report.html | grep -v "xmlns"'
  if (chromium --version) >/dev/null 2>&1; then
    # what is not of the page's own scripts is refused: the probe takes their nonce
    nonce=`sed -n 's/.*script-src .nonce-\([0-9a-f]*\).*/\1/p' runs/report.html`
    cat >probe.js <<'PROBE'
addEventListener("load",function(){var wait=setInterval(function(){if(!document.documentElement.dataset.ready)return;clearInterval(wait);
var bad=0,tables=0;document.querySelectorAll("table").forEach(function(t){
tables++;t.querySelectorAll("th").forEach(function(h){var k=h.cellIndex,c=function(){return Array.from(t.tBodies[0].rows,
function(r){var x=r.cells[k].dataset.v;return x===undefined?r.cells[k].textContent:/nan/i.test(x)?NaN:/^inf/i.test(x)?Infinity:+x})
.filter(function(x){return x===x})};h.firstChild.click();var a=c();for(var i=1;i<a.length;i++)if(a[i-1]>a[i])bad++;
h.firstChild.click();a=c();for(i=1;i<a.length;i++)if(a[i-1]<a[i])bad++})});
var big=Array.from(document.querySelectorAll(".plot canvas")).filter(function(s){var b=s.getBoundingClientRect();
return b.width>200&&b.height>100}).length;document.body.innerHTML="<p>tables "+tables+" unsorted "+bad+" charts "+big+
" fetched "+performance.getEntriesByType("resource").length+"</p>"},50)})
PROBE
    { cat runs/report.html; echo "<script nonce=\"$nonce\">"; cat probe.js; echo '</script>'; } >probe.html
    { cat runs/report.html; echo "<script>document.body.innerHTML='<p>a stranger ran</p>'</script>"; } >stranger.html
    t 'in a browser: every table sorts, every chart is drawn, nothing is fetched' \
      'chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --user-data-dir="`pwd`/chromium" --dump-dom "file://`pwd`/probe.html" 2>/dev/null >dom && grep -q "<p>tables 3 unsorted 0 charts 8 fetched 0</p>" dom || { grep -o "<p>tables.*</p>" dom >&2; false; }'
    t 'scripts that are not its own do not run in it' \
      'chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --user-data-dir="`pwd`/chromium" --dump-dom "file://`pwd`/stranger.html" 2>/dev/null >dom && grep -q "data-ready" dom && ! grep -q "<p>a stranger ran</p></body>" dom'
  else
    skip 'the report in a browser' 'no chromium'
  fi
else
  skip 'pictures' 'no gnuplot'
fi
cd .. && rm -rf "$dir"
echo "1..$n"
