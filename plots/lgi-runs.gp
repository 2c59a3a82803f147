# lgi-runs.gp -- S-Adam's damping along its runs against the distance to the nearest kink, a panel a
# problem. Data: block i - 1, a row a point: distance, damping, published ratio, curvature.
width = 1000
height = 780
up(v) = v > low ? v : low
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot layout 3,4
  unset key
  set logscale x
  set format x power
  set yrange [0:1.05]
  do for [i = 1:panels] {
    set title label[i]
    set xlabel (i == panels ? 'distance to a jump' : 'distance to a kink')
    set ylabel ((i - 1) % 4 == 0 ? 'damping' : '')
    plot data index i - 1 using (up($1)):2 with points pt 7 ps 0.35 lc rgb colour(1)
  }
  unset multiplot
  unset output
}
