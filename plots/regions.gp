
# regions.gp -- decision regions of networks with two inputs, a panel a method.
# Data: 0 training points x, y, class; 1.. grid x, y, probability of class 1, a method each.
columns = methods < 3 ? methods : 3
lines = ceil(methods / (1.0 * columns))
do for [format in formats] {
  eval terminal(format, 300 * columns, 320 * lines + 30)
  eval target(format)
  set multiplot layout lines, columns title heading noenhanced
  unset grid
  set border 15
  set size ratio 1
  set xrange [-edge:edge]
  set yrange [-edge:edge]
  set cbrange [0:1]
  set palette defined (0 '#56B4E9', 0.5 '#FFFFFF', 1 '#E69F00')
  unset colorbox
  unset key
  do for [m = 1:methods] {
    set title label[m] noenhanced
    plot data index m using 1:2:3 with image notitle, \
      data index 0 using 1:($3 == 0 ? $2 : NaN) with points pt 7 ps 0.2 lc rgb '#0072B2' notitle, \
      data index 0 using 1:($3 == 1 ? $2 : NaN) with points pt 7 ps 0.2 lc rgb '#D55E00' notitle
  }
  unset multiplot
  unset output
}
