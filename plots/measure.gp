# measure.gp -- distance of zero to the Goldstein subdifferential against its radius, a curve a point.
# Data: block i - 1, columns radius, least norm of the sampled hull, its lower bound.
width = 900
height = 480 + 18 * ceil(points / 2.0)
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set logscale xy
  set format x power
  set format y power
  set xlabel xtitle
  set ylabel ytitle
  set key outside top center horizontal maxcols 2 Left reverse noenhanced
  plot for [i = 1:points] data index i - 1 using 1:($2 > low ? $2 : low) \
    with linespoints lw 1.8 dt dash(i) pt mark(i) ps 0.8 lc rgb colour(i) title label[i]
  unset output
}
