
# curves.gp -- panels of curves with bands, one legend for all.
# Data: block (p - 1)*methods + (m - 1), columns x, y, lower and upper end of the band.
width = wanted_width > 0 ? wanted_width : columns == 1 ? 460 * u : columns * 230 * u
wide = width / (1.0 * columns)
# curves in colour: first to last, and the best on every page
shown = last - first + 1 + (best < first || best > last)
in_colour(m) = (m >= first && m <= last) || m == best
# as many columns in the legend as the longest label leaves room for
most = int((width - 52 * u) / (6.0 * u))
longest = 10
do for [m = 1:methods] { if (in_colour(m)) { longest = strlen(label[m]) > longest ? strlen(label[m]) : longest } }
longest = longest > most ? most : longest
across = int(width / ((50.0 + 6.0 * longest) * u))
across = across < 1 ? 1 : across > 4 ? 4 : across
keys = ceil((shown + (shown < methods)) / (1.0 * across))
titles = 1
do for [p = 1:panels] { titles = lines(panel[p], wide) > titles ? lines(panel[p], wide) : titles }
head = strlen(heading) ? 20 * u : 0
legend = head + (10.0 + 12.5 * keys) * u
foot = (6.0 + 12 * lines(note, width)) * u
bottom = 18 * u # what the names of the x axis add to the last row
tall = wanted_height > 0 ? (wanted_height - legend - foot - bottom) / rows : (columns == 1 ? 235.0 : 165.0) * u
height = wanted_height > 0 ? wanted_height : rows * tall + legend + foot + bottom
marked = stairs ? 0 : 0.55 # steps are many: colour and dash tell them apart
banded(m) = methods <= 5 || weight(m) > 1 || m <= 2
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot
  set logscale x
  set format x power
  if (logy) {
    set logscale y
    set format y power
  } else {
    unset logscale y
    set format y '%g'
  }
  unset key
  do for [p = 1:panels] {
    i = (p - 1) % columns
    k = (p - 1) / columns
    set lmargin at screen (i * wide + 52 * u) / width
    set rmargin at screen ((i + 1) * wide - 12 * u) / width
    set tmargin at screen 1 - (legend + k * tall + (6 + 13 * titles) * u) / height
    set bmargin at screen 1 - (legend + (k + 1) * tall - 20 * u) / height
    set title fold(panel[p], wide) noenhanced font sized(format, 0.9) offset 0,-0.6
    set ylabel (i == 0 && (rows == 1 || k == int((rows - 1) / 2)) ? ytitle : '') noenhanced font sized(format, 0.95) offset 0.8,0
    small = sized(format, 0.85)
    set tics font small
    set xrange [xlow[p]:xhigh[p]]
    set yrange [ylow[p]:yhigh[p]]
    # decades that fit: a number takes 30 pixels across, 16 up
    set xtics nomirror 10 ** ceil(log10(xhigh[p] / xlow[p]) * 34 * u / (wide - 64 * u) + 1e-9)
    if (logy) { set ytics nomirror 10 ** ceil(log10(yhigh[p] / ylow[p]) * 18 * u / (tall - 40 * u) + 1e-9) } else { set ytics nomirror autofreq }
    if (beyond[p] < xhigh[p]) {
      set object 1 rectangle from first beyond[p], graph 0 to graph 1, graph 1 \
        fillcolor rgb '#F2F2F2' fillstyle solid noborder behind
    } else {
      unset object 1
    }
    if (format eq 'dumb') {
      unset grid
      plot for [m = 1:methods] data index (p - 1) * methods + m - 1 using 1:(in_colour(m) ? $2 : NaN) \
        with lines lc rgb colour(m) notitle
    } else {
      plot for [m = 1:methods] data index (p - 1) * methods + m - 1 \
          using 1:(in_colour(m) ? NaN : $2) with lines lw 0.8 lc rgb pale notitle, \
        for [m = 1:methods] '' index (p - 1) * methods + m - 1 \
          using 1:(in_colour(m) && banded(m) ? $3 : NaN):(in_colour(m) && banded(m) ? $4 : NaN) \
          with filledcurves fs transparent solid 0.13 noborder lc rgb colour(m) notitle, \
        for [m = methods:1:-1] '' index (p - 1) * methods + m - 1 using 1:(in_colour(m) ? $2 : NaN) \
          with linespoints lw 1.6 * weight(m) dt dash(m) pt mark(m) ps marked lc rgb colour(m) pointinterval (points ? 1 : 9 + m % 5) notitle
    }
  }
  # the legend, the heading and the foot share a last, empty plot over the whole picture
  unset object 1
  unset logscale
  unset border
  unset tics
  unset title
  unset xlabel
  unset ylabel
  set lmargin at screen 0
  set rmargin at screen 1
  set tmargin at screen 1 - (head + 4.0 * u) / height
  set bmargin at screen 0
  small = sized(format, 0.9)
  set key at screen 0.5, 1 - (head + 5.0 * u) / height center top horizontal maxcols across Left reverse noenhanced \
    font small width 1 height 0
  set label 1 fold(note, width) at screen 0.5, (foot - 10 * u) / height center noenhanced font sized(format, 0.75) textcolor rgb mute
  set label 3 xtitle at screen 0.5, (foot + 8 * u) / height center noenhanced font sized(format, 0.95) textcolor rgb ink
  set label 2 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
  set xrange [0:1]
  set yrange [0:1]
  plot for [m = 1:methods] (in_colour(m) ? NaN : 1/0) with linespoints lw 1.8 * weight(m) dt dash(m) pt mark(m) \
      ps marked lc rgb colour(m) title (in_colour(m) ? fit(label[m], longest) : ''), \
    NaN with lines lw 0.8 lc rgb pale title (shown < methods ? 'the other methods' : '')
  unset label
  set border 3 lc rgb ink lw 0.8
  unset multiplot
  unset output
}
