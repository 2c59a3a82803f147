
# heatmap.gp -- log10 of the ERT, problems down, methods across; grey: never reached.
# Data: column, row, log10 ERT (NaN: never), text in the cell.
left = 7.0 * widest_problem + 20
cell = 44.0
top = 5.6 * widest + 16
width = left + cell * methods + 110
row = 20.0 * problems < 170 ? 170.0 / problems : 20.0
height = top + row * problems + 40
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set lmargin at screen left / width
  set rmargin at screen (left + cell * methods) / width
  set tmargin at screen 1 - top / height
  set bmargin at screen 34.0 / height
  set border 0
  unset key
  unset grid
  set xrange [0.5:methods + 0.5]
  set yrange [problems + 0.5:0.5]
  set cbrange [low:high]
  # cividis (Nunez, Anderton, Renslow 2018), light end: cheap
  set palette defined (0 '#FDE737', 0.25 '#BCAF6F', 0.5 '#7D7C78', 0.75 '#414D6B', 1 '#00224E')
  set colorbox user origin (left + cell * methods + 18) / width, 34.0 / height \
    size 12.0 / width, (height - top - 34.0) / height
  set cblabel cbtitle noenhanced textcolor rgb ink offset -0.5,0
  set cbtics nomirror scale 0.4
  unset xtics
  unset ytics
  set x2range [0.5:methods + 0.5]
  set x2tics noenhanced scale 0 rotate by 50 left offset -0.3,0
  set ytics noenhanced scale 0 nomirror
  do for [m = 1:methods] { set x2tics add (label[m] m) }
  do for [p = 1:problems] { set ytics add (panel[p] p) }
  set label 1 note at screen 0.5, 10.0 / height center noenhanced font ',9' textcolor rgb '#666666'
  set object 1 rectangle from graph 0, graph 0 to graph 1, graph 1 fillcolor rgb '#ECECEC' fillstyle solid noborder behind
  plot data using 1:2:3 with image pixels notitle, \
    '' using 1:2:(strcol(4)):($3 == $3 && $3 > low + 0.45 * (high - low) ? 0xFFFFFF : 0x222222) \
      with labels noenhanced font ',8' textcolor rgb variable notitle
  unset label 1
  unset object 1
  unset x2tics
  unset output
}
