
# weights.gp -- shares of a layer's weights before (bars) and after (stems) the fake quantiser.
# Data: for each method, for each quantised layer: a block before, a block after.
do for [format in formats] {
  eval terminal(format, 260 * layers, 190 * methods + 60)
  eval target(format)
  set multiplot layout methods, layers title heading.': lines after the quantiser, bars before it (scale of its own)' noenhanced
  set style fill solid 0.6 noborder
  set boxwidth 0.9 relative
  set xlabel 'weight'
  set ylabel 'share'
  set yrange [0:*]
  set y2range [0:*]
  unset key
  set xtics font ',8'
  do for [m = 1:methods] {
    do for [l = 1:layers] {
      at = 2 * ((m - 1) * layers + l - 1)
      set title sprintf('%s, layer %d', label[m], l) noenhanced
      plot data index at using 1:2 axes x1y2 with boxes lc rgb colour(6) notitle, \
        data index at + 1 using 1:2 with impulses lw 3 lc rgb colour(2) notitle
    }
  }
  unset multiplot
  unset output
}
