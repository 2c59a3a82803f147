
# heatmap.gp -- log10 of the ERT, problems down, methods across; grey: never reached.
# Data: column, row, log10 ERT (NaN: never), text in the cell.
left = 7.0 * widest_problem + 20
cell = 44.0
top = 5.6 * widest + 16
right = 90.0 # at least the colours; more where a slanted name reaches farther
do for [m = 1:methods] { right = right < 4.6 * strlen(label[m]) - cell * (methods - m) ? 4.6 * strlen(label[m]) - cell * (methods - m) : right }
width = left + cell * methods + right
row = problems == 1 ? 60.0 : 20.0 * problems < 120 ? 120.0 / problems : 20.0
foot = 14.0 + 13 * lines(note, width)
height = top + row * problems + foot
do for [format in formats] {
  eval terminal(format, width, height)
  eval target(format)
  set lmargin at screen left / width
  set rmargin at screen (left + cell * methods) / width
  set tmargin at screen 1 - top / height
  set bmargin at screen foot / height
  set border 0
  unset key
  unset grid
  set xrange [0.5:methods + 0.5]
  set yrange [problems + 0.5:0.5]
  set cbrange [low:high]
  # cividis (Nunez, Anderton, Renslow 2018), light end: cheap
  set palette defined (0 '#FDE737', 0.25 '#BCAF6F', 0.5 '#7D7C78', 0.75 '#414D6B', 1 '#00224E')
  set colorbox user origin (left + cell * methods + 18) / width, foot / height \
    size 12.0 / width, (height - top - foot) / height
  unset cblabel
  set cbtics ceil(2.5 * (high - low)) / 10.0 nomirror scale 0.4 format '%.1f'
  unset xtics
  unset ytics
  set x2range [0.5:methods + 0.5]
  set x2tics noenhanced scale 0 rotate by 50 left offset -0.3,0 ()
  set ytics noenhanced scale 0 nomirror ()
  do for [m = 1:methods] { set x2tics add (label[m] m) }
  do for [p = 1:problems] { set ytics add (panel[p] p) }
  set label 1 fold(note, width) at screen 0.5, (foot - 18) / height center noenhanced font ',9' textcolor rgb '#666666'
  set object 1 rectangle from graph 0, graph 0 to graph 1, graph 1 fillcolor rgb '#ECECEC' fillstyle solid noborder behind
  # boxes: an image of one row or column has no size
  plot data using ($3 == $3 ? $1 : NaN):2:($1 - 0.5):($1 + 0.5):($2 - 0.5):($2 + 0.5):3 with boxxyerror \
      fillstyle solid 1 noborder linecolor palette notitle, \
    '' using 1:2:(strcol(4)):($3 == $3 && $3 > low + 0.45 * (high - low) ? 0xFFFFFF : 0x222222) \
      with labels noenhanced font ',8' textcolor rgb variable notitle
  unset label 1
  unset object 1
  unset x2tics
  unset output
}
