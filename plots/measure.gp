# measure.gp -- distance of zero to the Goldstein subdifferential against its radius, a curve a point.
# Data: block i - 1, columns radius, least norm of the sampled hull, its lower bound.
width = 460 * u
height = (260 + 16 * ceil(points / 2.0)) * u
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set logscale xy
  set format x power
  set format y power
  set xlabel xtitle
  set ylabel ytitle
  small = sized(format, 0.9)
  set key outside top center horizontal maxcols 2 Left reverse noenhanced font small
  plot for [i = 1:points] data index i - 1 using 1:($2 > low ? $2 : low) \
    with linespoints lw 1.6 dt dash(i) pt mark(i) ps 0.55 lc rgb colour(i) title fit(label[i], 60)
  unset output
}
