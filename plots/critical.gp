
# critical.gp -- critical-difference diagram (Demsar 2006): mean ranks; a bar joins what no test tells apart.
# Data: 0 elbows from the axis to the names, 1 bars: from, height, to.
half = int((methods + 1) / 2)
most = wanted_width > 0 ? int((wanted_width * 0.36) / (5.6 * u)) : 40
side = (5.6 * (widest < most ? widest : most) + 12) * u
width = wanted_width > 0 ? wanted_width : 2 * side + 240 * u > 460 * u ? 2 * side + 240 * u : 460 * u
foot = (8.0 + 12 * lines(note, width)) * u
head = strlen(heading) ? 20 * u : 0
axis = head + 62 * u # the critical difference, the title of the axis, its numbers
height = wanted_height > 0 ? wanted_height : axis + foot + (8 + 15.0 * half + 6.0 * bars) * u
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set lmargin at screen side / width
  set rmargin at screen 1 - side / width
  set tmargin at screen 1 - axis / height
  set bmargin at screen foot / height
  unset key
  unset grid
  set border 0
  unset ytics
  unset xtics
  set xrange [1:methods]
  set yrange [-(half + 0.6 + 0.4 * bars):0]
  set x2range [1:methods]
  small = sized(format, 0.9)
  set x2tics ceil(methods / 12.0) out scale 0.8 nomirror font small
  set border 4 lw 1.2
  set label 1001 'mean rank (1: best)' at screen 0.5, 1 - (axis - 29 * u) / height center noenhanced font sized(format, 0.95) textcolor rgb ink
  do for [m = 1:methods] {
    if (m <= half) {
      set label m sprintf('%s  %.2f ', fit(label[m], most - 6), rank[m]) at screen side / width, first height_of[m] right noenhanced
    } else {
      set label m sprintf(' %.2f  %s', rank[m], fit(label[m], most - 6)) at screen 1 - side / width, first height_of[m] left noenhanced
    }
  }
  set label 1002 fold(note, width) at screen 0.5, (foot - 12 * u) / height center noenhanced font sized(format, 0.75) textcolor rgb mute
  set label 1003 sprintf('CD = %.2f', cd) at screen side / width, 1 - (head + 10.0 * u) / height left noenhanced font sized(format, 0.9)
  set label 1004 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
  set arrow 1 from screen side / width, screen 1 - (head + 20.0 * u) / height \
    to screen (side + (width - 2 * side) * cd / (methods - 1.0)) / width, screen 1 - (head + 20.0 * u) / height heads size screen 0.004, 90 lw 1.6
  plot data index 0 using 1:2 with lines lw 1 lc rgb ink notitle, \
    '' index 1 using 1:2:($3 - $1):(0) with vectors nohead lw 4 lc rgb '#0072B2' notitle, \
    for [m = 1:methods] '+' using (rank[m]):(height_of[m]) every ::0::0 with points pt mark(m) ps 0.7 lc rgb colour(m) notitle
  unset label
  unset arrow
  unset x2tics
  unset output
}
