# Pictures and tables for papers through the real program: what plot chooses, orders, names and
# measures; formats for TeX with hostile names; a LaTeX document of them compiles. TAP; runs in a
# scratch folder.
nso=`pwd`/nsobench
dir=`mktemp -d ./cli-paper-XXXXXX` || exit 99
cd "$dir" || exit 99
n=0
t() { n=`expr $n + 1`; if eval "$2" >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err.log out.log | head -40; fi; }
skip() { n=`expr $n + 1`; echo "ok $n - $1 # SKIP $2"; }
GNUPLOT_REAL=${GNUPLOT:-gnuplot}

"$nso" run -q -P cb2 -P cb3 -P maxq:n=2 -P maxq:n=5 -P rosenbrock -P goffin:n=5 \
  -O bfgs -O adam:lr=0.1 -O adam:lr=0.01 -O polyak --seeds 2 --budget 300 -o runs >run.log 2>&1 ||
  { echo 'Bail out! nsobench run failed'; exit 1; }
bare() { GNUPLOT=/nonexistent "$nso" plot runs "$@" -o bare 2>err.log; }

# ---------------------------------------------------------------- what is drawn
t '-O chooses, in the order as typed' 'bare -O polyak -O "adam:lr=0.1"; grep -q "^label.1. = .Polyak" bare/convergence.gp && grep -q "^label.2. = .Adam" bare/convergence.gp && grep -q "^methods = 2$" bare/convergence.gp'
t '-O compares numbers as numbers' 'bare -O "adam:lr=1e-1"; grep -q "^methods = 1$" bare/convergence.gp'
t '-P chooses by pattern, in the order as typed' 'bare -P "maxq*" -P cb2; grep -q "^panels = 3$" bare/convergence.gp && grep -q "^panel.3. = .cb2" bare/convergence.gp'
t 'a misspelt name is refused, the nearest named' '"$nso" plot runs -O admm 2>e; test $? = 2 && grep -q "did you mean .adam." e'
t 'options that no record has are refused' '"$nso" plot runs -O adam:lr=7 2>e; test $? = 2 && grep -q "with these options" e'
t 'what was never run together is refused' '"$nso" plot runs -P nowhere 2>e; test $? = 2'
t '--label names one method' 'bare --label "adam:lr=0.1=Ours"; grep -q "^label.*= .Ours.$" bare/convergence.gp && test `grep -c Ours bare/convergence.gp` = 1'
t '--label of two at once is refused' '"$nso" plot runs --label adam=Ours 2>e; test $? = 2 && grep -q "fits 2" e'
t '--label without a name is refused' '"$nso" plot runs --label Ours 2>e; test $? = 2'
t '--highlight has the first colour and the strongest line' 'bare --highlight "adam:lr=0.01"; awk "/^label/ { l[++n] = \$0 } /^colours = / { gsub(\"[^#0-9A-F ]\", \"\"); split(\$0, c, \" *#\") } /^weights = / { gsub(\"[^0-9. ]\", \"\"); split(\$0, w, \" +\") } END { exit !(l[1] ~ /0.01/ && c[2] == \"0072B2\") }" bare/convergence.gp && grep -q "^weights = .1.5 0.6 0.6 0.6" bare/convergence.gp'
t '--highlight of nobody is refused' '"$nso" plot runs --highlight nobody 2>e; test $? = 2 && grep -q nobody e'
for bad in '--size 8x' '--size 8.5x6furlong' '--size 1e9x2cm' '--font Times,1000' '--font A/B,8' '--xlim 0:5' '--xlim 5:1' '--xlim 1:nan' '--columns 0'; do
  t "refused: $bad" "\"\$nso\" plot runs $bad 2>e; test \$? = 2 && grep -q expected e"
done
t '--ylim at or below zero on a logarithmic axis is refused' '"$nso" plot runs --ylim 0:1 2>e; test $? = 4 && grep -q logarithmic e'
t '--xlim and --ylim are the ranges' 'bare --xlim 2:50 --ylim 1e-5:10; grep -q "^xlow.1. = 2$" bare/convergence.gp && grep -q "^xhigh.1. = 50$" bare/convergence.gp && grep -q "^yhigh.6. = 10$" bare/convergence.gp'
t 'every legend tells the learning rate, shared or not' 'bare -O "adam:lr=0.1" -O polyak; grep -q "^label.1. = .Adam lr=0.1.$" bare/convergence.gp'
t 'a page holds what can be read: 8 panels, more go on' '"$nso" run -q -P "chained-*:n=4" -P "chained-*:n=5" -O adam -O sgd --budget 40 -o many >run.log 2>&1; GNUPLOT=/nonexistent "$nso" plot many -o many/bare 2>/dev/null; test -s many/bare/convergence-2.gp && grep -q "^panels = 8$" many/bare/convergence.gp'
t 'summary chooses too' '"$nso" summary runs -O polyak -P cb2 --label polyak=Theirs >s.txt && grep -q "^Theirs" s.txt && ! grep -q "^Adam\|cb3" s.txt'

# ---------------------------------------------------------------- formats
if ("$GNUPLOT_REAL" --version) >/dev/null 2>&1; then
  t 'the size is what was asked for: 8.5 x 6 cm in svg and pdf' '"$nso" plot runs -P cb2 --kind convergence --size 8.5x6cm --format svg,pdf -o sized && grep -q "width=\"321\" height=\"226\"" sized/convergence.svg && grep -a -q "MediaBox \[ 0 0 24[01].* 170" sized/convergence.pdf'
  t 'no page is higher or wider than one can read: 1400 px of png' '"$nso" plot many --kind convergence,ert,heatmap --format png -o paged && for f in paged/*.png; do od -An -tu1 -j16 -N8 "$f" | awk "{ w = \$1*16777216+\$2*65536+\$3*256+\$4; h = \$5*16777216+\$6*65536+\$7*256+\$8; exit !(w <= 1300 && h <= 1520) }" || exit 1; done'
  if echo 'set term tikz' | "$GNUPLOT_REAL" >/dev/null 2>&1; then
    hostile='\input{/etc/passwd} $x^2$ %_&#~{}^^4d "q" `id` ∂α中'
    t 'eps, tikz and cairolatex with hostile names' '"$nso" plot runs --kind convergence,ecdf,ert,heatmap,critical-difference --format eps,tikz,cairolatex --size 8.5x6cm --label "bfgs=$hostile" --title "$hostile" -o tex && head -c 4 tex/ecdf.eps | grep -q "%!PS" && test -s tex/ert.tikz && test -s tex/heatmap-latex.tex && test -s tex/heatmap-latex.pdf'
    t 'plain and TeX formats in one call: two scripts, both run by hand' '"$nso" plot runs --kind ecdf --format svg,tikz -o both && cd both && rm ecdf.svg ecdf.tikz && "$GNUPLOT_REAL" -d ecdf.gp && "$GNUPLOT_REAL" -d ecdf-tex.gp; cd ..; test -s both/ecdf.svg && test -s both/ecdf.tikz'
    if (pdflatex --version && kpsewhich gnuplot-lua-tikz.sty && kpsewhich booktabs.sty) >/dev/null 2>&1; then
      cat >tex/paper.tex <<'TEX'
\documentclass{article}
\usepackage{graphicx,xcolor,booktabs,gnuplot-lua-tikz}
\begin{document}
\input{convergence.tikz} \input{ecdf.tikz} \input{ert.tikz} \input{heatmap.tikz} \input{critical-difference.tikz}
\input{convergence-latex.tex} \input{heatmap-latex.tex}
\end{document}
TEX
      t 'a LaTeX document with the figures compiles' 'cd tex && pdflatex -interaction=nonstopmode -halt-on-error paper.tex </dev/null >latex.log; s=$?; cd ..; test $s = 0 || tail -20 tex/latex.log; test $s = 0 && test -s tex/paper.pdf'
      t 'a hostile name shows as it is and reads no file' '! (pdftotext -version) >/dev/null 2>&1 || { pdftotext tex/paper.pdf - | tr -d "\n " >text; grep -q "input{/etc/passwd}" text && ! grep -q "root:x:0" text; }'
    else
      skip 'a LaTeX document' 'no pdflatex with gnuplot-lua-tikz and booktabs'
    fi
  else
    skip 'formats for TeX' 'gnuplot without lua'
  fi
else
  skip 'pictures' 'no gnuplot'
fi
cd .. && rm -rf "$dir"
echo "1..$n"
