
# claim.gp -- one panel per test of a claim.
# Data: block p - 1, columns step, measured, bound, fitted line, its band (low, high), claimed slope;
# where paired[p] two quantities, across and up.
has_lines = 0
do for [p = 1:panels] { has_lines = has_lines || !paired[p] }
foot = has_lines ? 34.0 * u : 0.0
width = columns * 300 * u
height = rows * 210 * u + foot
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set multiplot
  unset key
  set lmargin 9
  set rmargin 2
  set tmargin 2.2
  set bmargin 3.2
  set size 1.0 / columns, 210.0 * u / height
  do for [p = 1:panels] {
    set origin ((p - 1) % columns) * 1.0 / columns, 1 - ((p - 1) / columns + 1) * 210.0 * u / height
    if (logx[p]) { set logscale x; set format x power } else { unset logscale x; set format x '%g' }
    if (logy[p]) { set logscale y; set format y power } else { unset logscale y; set format y '%g' }
    set title panel[p] noenhanced font sized(format, 0.9) offset 0,-0.4
    set xlabel across[p] noenhanced offset 0,0.4
    set ylabel quantity[p] noenhanced offset 1,0
    if (paired[p]) { plot data index p - 1 using 1:2 with points pt 7 ps 0.35 lc rgb '#0072B2' notitle } else { \
    plot data index p - 1 using 1:5:6 with filledcurves fs transparent solid 0.2 noborder lc rgb '#D55E00' notitle, \
      '' index p - 1 using 1:2 with lines lw 1.8 lc rgb '#0072B2' notitle, \
      '' index p - 1 using 1:3 with lines lw 1.6 dt 2 lc rgb '#000000' notitle, \
      '' index p - 1 using 1:7 with lines lw 1.2 dt 3 lc rgb '#009E73' notitle, \
      '' index p - 1 using 1:4 with lines lw 1.4 lc rgb '#D55E00' notitle }
  }
  unset logscale
  unset border
  unset tics
  unset title
  unset xlabel
  unset ylabel
  set origin 0, 0
  set size 1, 1
  set lmargin 1
  set rmargin 1
  set tmargin at screen foot / height
  set bmargin at screen 0
  small = sized(format, 0.9)
  set key at screen 0.5, foot * 0.7 / height center top horizontal maxcols 4 Left reverse noenhanced font small
  set xrange [0:1]
  set yrange [0:1]
  if (has_lines) { plot NaN with lines lw 1.8 lc rgb '#0072B2' title 'measured', \
      NaN with lines lw 1.6 dt 2 lc rgb '#000000' title 'bound', \
      NaN with lines lw 1.4 lc rgb '#D55E00' title 'fitted, 95 '.percent.' band', \
      NaN with lines lw 1.2 dt 3 lc rgb '#009E73' title 'claimed slope' }
  set border 3 lc rgb ink lw 0.8
  set xtics nomirror
  set ytics nomirror
  set autoscale
  unset multiplot
  unset output
}
