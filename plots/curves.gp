
# curves.gp -- panels of curves with bands, one legend for all.
# Data: block (p - 1)*methods + (m - 1), columns x, y, lower and upper end of the band.
width = columns * 340 > 680 ? columns * 340 : 680
# as many columns in the legend as the longest label leaves room for
longest = 17
do for [m = first:last] { longest = strlen(label[m]) > longest ? strlen(label[m]) : longest }
across = floor(width / (70.0 + 6.6 * longest))
across = across < 1 ? 1 : across > 4 ? 4 : across
legend = 26.0 + 18.0 * ceil((last - first + 1 + (last - first + 1 < methods)) / (1.0 * across))
foot = 11.0 + 13 * lines(note, width)
height = rows * 270 + legend + foot
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
  set lmargin 9
  set rmargin 2
  set tmargin 2.2
  set bmargin 3.2
  set size 1.0 / columns, 270.0 / height
  do for [p = 1:panels] {
    i = (p - 1) % columns
    k = (p - 1) / columns
    set origin i * 1.0 / columns, 1 - (legend + (k + 1) * 270.0) / height
    set title panel[p] noenhanced font ',11' offset 0,-0.4
    set xlabel (p + columns > panels ? xtitle : '') noenhanced offset 0,0.4
    set ylabel (i == 0 ? ytitle : '') noenhanced offset 1,0
    set xrange [xlow[p]:xhigh[p]]
    set yrange [ylow[p]:yhigh[p]]
    if (beyond[p] < xhigh[p]) {
      set object 1 rectangle from first beyond[p], graph 0 to graph 1, graph 1 \
        fillcolor rgb '#F2F2F2' fillstyle solid noborder behind
    } else {
      unset object 1
    }
    if (format eq 'dumb') {
      unset grid
      plot for [m = first:last] data index (p - 1) * methods + m - 1 using 1:2 \
        with lines lc rgb colour(m) notitle
    }
    if (format ne 'dumb' && last - first + 1 < methods) {
      plot for [m = 1:methods] data index (p - 1) * methods + m - 1 \
          using 1:(m < first || m > last ? $2 : NaN) with lines lw 0.8 lc rgb pale notitle, \
        for [m = first:last] '' index (p - 1) * methods + m - 1 using 1:3:4 \
          with filledcurves fs transparent solid 0.13 noborder lc rgb colour(m) notitle, \
        for [m = first:last] '' index (p - 1) * methods + m - 1 using 1:2 \
          with linespoints lw 1.8 dt dash(m) pt mark(m) ps points lc rgb colour(m) notitle
    }
    if (format ne 'dumb' && last - first + 1 == methods) {
      plot for [m = 1:methods] data index (p - 1) * methods + m - 1 using 1:3:4 \
          with filledcurves fs transparent solid 0.13 noborder lc rgb colour(m) notitle, \
        for [m = 1:methods] '' index (p - 1) * methods + m - 1 using 1:2 \
          with linespoints lw 1.8 dt dash(m) pt mark(m) ps points lc rgb colour(m) notitle
    }
  }
  # the legend and the footnote share a last, empty plot over the whole picture
  unset object 1
  unset logscale
  unset border
  unset tics
  unset title
  unset xlabel
  unset ylabel
  set origin 0, 0
  set size 1, 1
  set lmargin 1
  set rmargin 1
  set tmargin at screen 1 - 6.0 / height
  set bmargin at screen 0
  set key at screen 0.5, 1 - 8.0 / height center top horizontal maxcols across Left reverse noenhanced font ',10' width 1
  set label 1 fold(note, width) at screen 0.5, (foot - 14) / height center noenhanced font ',9' textcolor rgb '#666666'
  set xrange [0:1]
  set yrange [0:1]
  if (last - first + 1 < methods) {
    plot for [m = first:last] NaN with lines lw 2.4 dt dash(m) lc rgb colour(m) title label[m], \
      NaN with lines lw 0.8 lc rgb pale title 'the other methods'
  } else {
    plot for [m = first:last] NaN with lines lw 2.4 dt dash(m) lc rgb colour(m) title label[m]
  }
  unset label 1
  set border 3
  set xtics nomirror
  set ytics nomirror
  unset multiplot
  unset output
}
