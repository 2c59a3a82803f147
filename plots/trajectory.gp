
# trajectory.gp -- paths of the iterates over the contour of f; dark red: kinks of f.
# Data: 0 grid x, y, log10(f - least f); 1 kinks; 2.. a path each.
width = 640
foot = 50.0 + 13 * lines(note, width)
keys = ceil((paths + 1 + (star_x == star_x)) / 3.0)
head = 30.0 + 20 * keys
height = 460 + head + foot
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set lmargin at screen 70.0 / width
  set rmargin at screen 1 - 20.0 / width
  set bmargin at screen foot / height
  set tmargin at screen 1 - head / height
  unset grid
  set border 15
  unset title
  set label 2 panel[1] at screen 0.5, 1 - 14.0 / height center noenhanced font ',11'
  set xrange [xlow:xhigh]
  set yrange [ylow:yhigh]
  set xlabel 'x_1' enhanced offset 0,0.4
  set ylabel 'x_2' enhanced offset 0.6,0
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
  set key at graph 0.5, 1.02 center bottom horizontal maxcols 3 Left reverse noenhanced
  set label 1 fold(note, width) at screen 0.5, (foot - 52) / height center noenhanced font ',9' textcolor rgb '#666666'
  plot data index 0 using 1:2:3 with image notitle, \
    $lines using 1:2 with lines lw 0.5 lc rgb '#7D93A6' notitle, \
    data index 1 using 1:2 with points pt 7 ps 0.16 lc rgb '#8C1D40' notitle, \
    for [m = 1:paths] data index m + 1 using 1:2 with linespoints lw 1.3 pt mark(m) ps 0.35 lc rgb colour(m) title label[m], \
    data index 2 every ::0::0 using 1:2 with points pt 7 ps 1.2 lc rgb '#000000' title 'start', \
    '+' using (star_x):(star_y) every ::0::0 with points pt 3 ps 1.6 lw 1.5 lc rgb '#000000' title (star_x == star_x ? 'minimizer' : '')
  unset label
  unset output
}
