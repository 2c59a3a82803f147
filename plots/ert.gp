
# ert.gp -- cost to the target per problem: ERT with its 95 % bootstrap interval, a row a method.
# Data: block per panel, columns row, ERT (NaN: never reached), low, high, runs that reached it, runs.
most = 30
left = (5.6 * (widest < most ? widest : most) + 16) * u
width = wanted_width > 0 ? wanted_width : 460 * u > left + 130 * u * columns ? 460 * u : left + 130 * u * columns
wide = (width - left - 8 * u) / columns
titles = 1
do for [p = 1:panels] { titles = lines(panel[p], wide) > titles ? lines(panel[p], wide) : titles }
head = strlen(heading) ? 20 * u : 0
foot = (8.0 + 12 * lines(note, width)) * u
gap = (30 + 12 * titles) * u # between the rows of panels: title above, tics below
bottom = 14 * u
tall = wanted_height > 0 ? (wanted_height - head - foot - bottom) / rows : 14.0 * methods * u + gap
height = wanted_height > 0 ? wanted_height : rows * tall + bottom + head + foot
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot
  set logscale x
  set format x power
  unset key
  set grid xtics noytics
  set xrange [xlow:xhigh * (xhigh / xlow) ** 0.42]
  small = sized(format, 0.85)
  set xtics 10 ** ceil(log10(xhigh / xlow) * 1.42 * 30 * u / wide + 1e-9) font small
  set yrange [methods + 0.6:0.4]
  do for [p = 1:panels] {
    i = (p - 1) % columns
    k = (p - 1) / columns
    set lmargin at screen (left + i * wide) / width
    set rmargin at screen (left + (i + 1) * wide - 12 * u) / width
    set tmargin at screen 1 - (head + k * tall + (9 + 12 * titles) * u) / height
    set bmargin at screen 1 - (head + (k + 1) * tall - 20 * u) / height
    set title fold(panel[p], wide) noenhanced font sized(format, 0.9) offset 0,-0.6
    unset ytics
    # names as labels: those of tics are cut at 50 letters and are formats
    do for [m = 1:methods] {
      named = i == 0 ? fit(label[m], most) : ''
      set label 100 + m named at screen (left - 6 * u) / width, first m right noenhanced \
        font sized(format, 0.9) textcolor rgb ink
    }
    if (p == 1) {
      set label 1 fold(note, width) at screen 0.5, (foot - 10 * u) / height center noenhanced font sized(format, 0.75) textcolor rgb mute
      set label 3 xtitle at screen 0.5, (foot + 7 * u) / height center noenhanced font sized(format, 0.9) textcolor rgb ink
      set label 2 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
    } else {
      unset label 1
      unset label 2
      unset label 3
    }
    plot for [m = 1:methods] data index p - 1 using 2:($1 == m ? $1 : NaN):($3 > xlow ? $3 : xlow):($4 < xhigh * 1.5 ? $4 : xhigh * 1.5) \
        with xerrorbars lw 1.4 * weight(m) pt mark(m) ps 0.6 lc rgb colour(m) notitle, \
      '' index p - 1 using ($5 > 0 ? NaN : xhigh * 1.5):1 with points pt 2 ps 0.6 lw 1.2 lc rgb '#999999' notitle, \
      '' index p - 1 using (xhigh * 1.5 * (xhigh / xlow) ** 0.06):1:(sprintf('%d/%d', $5, $6)) \
        with labels left noenhanced font sized(format, 0.75) textcolor rgb mute notitle
  }
  unset label
  unset multiplot
  unset output
}
