
# critical.gp -- critical-difference diagram (Demsar 2006): mean ranks; a bar joins what no test tells apart.
# Data: 0 elbows from the axis to the names, 1 bars: from, height, to.
half = int((methods + 1) / 2)
side = 7.0 * widest + 20
width = 2 * side + 420
foot = 21.0 + 13 * lines(note, width)
height = 94 + foot + 22.0 * half + 9.0 * bars
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set lmargin at screen side / width
  set rmargin at screen 1 - side / width
  set tmargin at screen 1 - 80.0 / height
  set bmargin at screen foot / height
  unset key
  unset grid
  set border 0
  unset ytics
  unset xtics
  set xrange [1:methods]
  set yrange [-(half + 1 + 0.4 * bars):0]
  set x2range [1:methods]
  set x2tics 1 out scale 0.8 nomirror
  set border 4 lw 1.2
  set x2label 'mean rank (1: best)' noenhanced offset 0,0 textcolor rgb ink
  do for [m = 1:methods] {
    if (m <= half) {
      set label m sprintf('%s  %.2f ', label[m], rank[m]) at screen side / width, first height_of[m] right noenhanced
    } else {
      set label m sprintf(' %.2f  %s', rank[m], label[m]) at screen 1 - side / width, first height_of[m] left noenhanced
    }
  }
  set label methods + 1 fold(note, width) at screen 0.5, (foot - 22) / height center noenhanced font ',9' textcolor rgb '#666666'
  set label methods + 2 sprintf('CD = %.2f', cd) at screen side / width, screen 1 - 12.0 / height left noenhanced
  set arrow 1 from screen side / width, screen 1 - 24.0 / height \
    to screen (side + (width - 2 * side) * cd / (methods - 1.0)) / width, screen 1 - 24.0 / height heads size screen 0.004, 90 lw 1.6
  plot data index 0 using 1:2 with lines lw 1 lc rgb ink notitle, \
    '' index 1 using 1:2:($3 - $1):(0) with vectors nohead lw 4 lc rgb '#0072B2' notitle
  unset label
  unset arrow
  unset x2tics
  unset x2label
  unset output
}
