
# regions.gp -- decision regions of networks with two inputs, a panel a method.
# Data: 0 training points x, y, class; 1.. grid x, y, probability of class 1, a method each.
columns = methods < 3 ? methods : 3
rows = ceil(methods / (1.0 * columns))
width = wanted_width > 0 ? wanted_width : columns == 1 ? 300 * u : 460 * u
wide = width / (1.0 * columns)
head = strlen(heading) ? 22 * u : 0
titles = 1
do for [m = 1:methods] { titles = lines(label[m], wide) > titles ? lines(label[m], wide) : titles }
over = (4 + 13 * titles) * u
tall = wide - 26 * u + over + 16 * u
above = head + (4 + 13 * lines(about, width)) * u
height = wanted_height > 0 ? wanted_height : rows * tall + above
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot
  unset grid
  set border 15
  set xrange [-edge:edge]
  set yrange [-edge:edge]
  set cbrange [0:1]
  set palette defined (0 '#56B4E9', 0.5 '#FFFFFF', 1 '#E69F00')
  unset colorbox
  unset key
  small = sized(format, 0.75)
  set tics font small
  set xtics edge > 4 ? 2 * ceil(edge / 4) : edge > 1.6 ? 1 : 0.5
  set ytics edge > 4 ? 2 * ceil(edge / 4) : edge > 1.6 ? 1 : 0.5
  do for [m = 1:methods] {
    i = (m - 1) % columns
    k = (m - 1) / columns
    set lmargin at screen (i * wide + 22 * u) / width
    set rmargin at screen ((i + 1) * wide - 4 * u) / width
    set tmargin at screen 1 - (above + k * (height - above) / rows + over) / height
    set bmargin at screen 1 - (above + (k + 1) * (height - above) / rows - 16 * u) / height
    set title fold(label[m], wide) noenhanced font sized(format, 0.9) offset 0,-0.6
    if (m == 1) {
      set label 1 fold(about, width) at screen 0.5, 1 - (head + 8 * u) / height center noenhanced font sized(format, 0.95) textcolor rgb ink
      set label 2 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
    } else {
      unset label
    }
    plot data index m using 1:2:3 with image notitle, \
      data index 0 using 1:($3 == 0 ? $2 : NaN) with points pt 7 ps 0.2 lc rgb '#0072B2' notitle, \
      data index 0 using 1:($3 == 1 ? $2 : NaN) with points pt 7 ps 0.2 lc rgb '#D55E00' notitle
  }
  unset label
  unset multiplot
  unset output
}
