
# ert.gp -- cost to the target per problem: ERT with its 95 % bootstrap interval, a row a method.
# Data: block per panel, columns row, ERT (NaN: never reached), low, high, runs that reached it, runs.
left = 7.0 * widest + 24
wide = 230.0
tall = 17.0 * methods + 62
width = left + columns * wide + 12
foot = 4.0 + 13 * lines(note, width)
height = rows * tall + 13 + foot
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot
  set logscale x
  set format x power
  unset key
  set grid xtics noytics
  set xrange [xlow:xhigh * (xhigh / xlow) ** 0.25]
  set yrange [methods + 0.6:0.4]
  do for [p = 1:panels] {
    i = (p - 1) % columns
    k = (p - 1) / columns
    set lmargin at screen (left + i * wide) / width
    set rmargin at screen (left + (i + 1) * wide - 16) / width
    set tmargin at screen 1 - (k * tall + 26) / height
    set bmargin at screen 1 - ((k + 1) * tall - 32) / height
    set title panel[p] noenhanced font ',11' offset 0,-0.6
    set xlabel (p + columns > panels ? xtitle : '') noenhanced offset 0,0.5
    unset ytics
    if (i == 0) {
      set ytics noenhanced nomirror scale 0 ()
      do for [m = 1:methods] { set ytics add (label[m] m) }
    }
    if (p == 1) {
      set label 1 fold(note, width) at screen 0.5, (foot - 8) / height center noenhanced font ',9' textcolor rgb '#666666'
    } else {
      unset label 1
    }
    plot for [m = 1:methods] data index p - 1 using 2:($1 == m ? $1 : NaN):($3 > xlow ? $3 : xlow):($4 < xhigh * 1.5 ? $4 : xhigh * 1.5) \
        with xerrorbars lw 1.4 pt 7 ps 0.7 lc rgb colour(m) notitle, \
      '' index p - 1 using ($5 > 0 ? NaN : xhigh * 1.5):1 with points pt 2 ps 0.7 lw 1.2 lc rgb '#999999' notitle, \
      '' index p - 1 using (xhigh * 1.5 * (xhigh / xlow) ** 0.05):1:(sprintf('%d/%d', $5, $6)) \
        with labels left noenhanced font ',8' textcolor rgb '#555555' notitle
  }
  unset multiplot
  unset output
}
