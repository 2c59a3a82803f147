
# weights.gp -- shares of a layer's weights before (bars) and after (stems) the fake quantiser.
# Data: for each method, for each quantised layer: a block before, a block after.
width = wanted_width > 0 ? wanted_width : 200 * u * layers > 460 * u ? 200 * u * layers : 460 * u
wide = width / layers
titles = 1
do for [m = 1:methods] {
  titles = lines(label[m].', layer 9', wide) > titles ? lines(label[m].', layer 9', wide) : titles
}
head = strlen(heading) ? 22 * u : 0
above = head + (10 + 12 * lines(about, width)) * u
tall = wanted_height > 0 ? (wanted_height - above - 14 * u) / methods : (110 + 12 * titles) * u
height = wanted_height > 0 ? wanted_height : above + methods * tall + 14 * u
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot
  set style fill solid 0.6 noborder
  set boxwidth 0.9 relative
  set yrange [0:*]
  set y2range [0:*]
  unset key
  small = sized(format, 0.75)
  set tics font small
  do for [m = 1:methods] {
    do for [l = 1:layers] {
      at = 2 * ((m - 1) * layers + l - 1)
      set lmargin at screen ((l - 1) * wide + 40 * u) / width
      set rmargin at screen (l * wide - 10 * u) / width
      set tmargin at screen 1 - (above + (m - 1) * tall + (2 + 12 * titles) * u) / height
      set bmargin at screen 1 - (above + m * tall - 18 * u) / height
      set title fold(sprintf('%s, layer %d', label[m], l), wide) noenhanced font sized(format, 0.85) offset 0,-0.7
      set xlabel (m == methods ? 'weight' : '') font sized(format, 0.9) offset 0,0.6
      set ylabel (l == 1 ? 'share' : '') font sized(format, 0.9) offset 1.6,0
      # five numbers at the most across and four up, of two digits
      stats data index at using 1:2 nooutput
      set xtics nice_step(STATS_max_x - STATS_min_x, 4)
      set ytics nice_step(STATS_max_y, 3)
      set format x '%.2g'
      set format y '%.2g'
      if (m == 1 && l == 1) {
        set label 1 fold(about, width) at screen 0.5, 1 - (head + 10 * u) / height center noenhanced font sized(format, 0.75) textcolor rgb mute
        set label 2 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
      } else {
        unset label
      }
      plot data index at using 1:2 axes x1y2 with boxes lc rgb '#56B4E9' notitle, \
        data index at + 1 using 1:2 with impulses lw 3 lc rgb '#D55E00' notitle
    }
  }
  unset label
  unset multiplot
  unset output
}
