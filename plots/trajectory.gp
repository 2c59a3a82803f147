
# trajectory.gp -- paths of the iterates over the contour of f; dark red: kinks of f.
# Data: 0 grid x, y, log10(f - least f); 1 kinks; 2.. a path each.
width = wanted_width > 0 ? wanted_width : 460 * u
above = strlen(heading) ? 20 * u : 0
foot = (38.0 + 12 * lines(note, width)) * u
# as many columns in the legend as the longest label leaves room for
most = int((width - 52 * u) / (6.0 * u))
longest = 9
do for [m = 1:paths] { longest = strlen(label[m]) > longest ? strlen(label[m]) : longest }
longest = longest > most ? most : longest
across = int(width / ((50.0 + 6.0 * longest) * u))
across = across < 1 ? 1 : across > 4 ? 4 : across
keys = ceil((paths + 1 + (star_x == star_x)) / (1.0 * across))
head = above + (8.0 + 12.5 * keys + 13 * lines(panel[1], width)) * u
height = wanted_height > 0 ? wanted_height : 330 * u + head + foot
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set lmargin at screen 48.0 * u / width
  set rmargin at screen 1 - 14.0 * u / width
  set bmargin at screen foot / height
  set tmargin at screen 1 - head / height
  unset grid
  set border 15
  unset title
  set label 2 fold(panel[1], width) at screen 0.5, 1 - (above + 11.0 * u) / height center noenhanced font sized(format, 0.95)
  set label 3 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
  set xrange [xlow:xhigh]
  set yrange [ylow:yhigh]
  set xlabel (tex ? '$x_1$' : 'x_1') enhanced offset 0,0.4
  set ylabel (tex ? '$x_2$' : 'x_2') enhanced offset 0.6,0
  small = sized(format, 0.85)
  set tics font small
  set palette defined (0 '#8FB3D1', 0.5 '#D8E4EE', 1 '#FAFAFA')
  unset colorbox
  set table $lines
  set contour base
  unset surface
  set cntrparam levels incremental zlow, (zhigh - zlow) / 15.0, zhigh
  splot data index 0 using 1:2:3
  unset table
  unset contour
  set surface
  small = sized(format, 0.9)
  set key at graph 0.5, 1.02 center bottom horizontal maxcols across Left reverse noenhanced font small
  set label 1 fold(note, width) at screen 0.5, (foot - 42 * u) / height center noenhanced font sized(format, 0.75) textcolor rgb mute
  plot data index 0 using 1:2:3 with image notitle, \
    $lines using 1:2 with lines lw 0.5 lc rgb '#7D93A6' notitle, \
    data index 1 using 1:2 with points pt 7 ps 0.16 lc rgb '#8C1D40' notitle, \
    for [m = 1:paths] data index m + 1 using 1:2 with linespoints lw 1.3 * weight(m) dt dash(m) pt mark(m) ps 0.35 lc rgb colour(m) title fit(label[m], longest), \
    data index 2 every ::0::0 using 1:2 with points pt 7 ps 1.2 lc rgb '#000000' title 'start', \
    '+' using (star_x):(star_y) every ::0::0 with points pt 3 ps 1.6 lw 1.5 lc rgb '#000000' title (star_x == star_x ? 'minimizer' : '')
  unset label
  unset output
}
