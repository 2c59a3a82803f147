# lgi.gp -- four readings of instability against the diameter of the gradients around x.
# Data: block i - 1, a row a point: diameter, index, its standard error, diameter within delta.
width = 900
height = 760
up(v) = v > low ? v : low
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot layout 2,2
  unset key
  set logscale xy
  set format x power
  set format y power
  set xlabel 'diameter of the gradients within delta of x'
  do for [i = 1:4] {
    set ylabel label[i]
    plot data index i - 1 using (up($4)):(up($2)) with points pt 7 ps 0.5 lc rgb colour(i)
  }
  unset multiplot
  unset output
}
