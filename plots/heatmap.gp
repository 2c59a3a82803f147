
# heatmap.gp -- log10 of the ERT, problems down, methods across; grey: never reached.
# Data: column, row, log10 ERT (NaN: never), text in the cell.
most = 34
names_of_problems = widest_problem < most ? widest_problem : most
names_of_methods = widest < most ? widest : most
left = (5.6 * names_of_problems + 12) * u
head = strlen(heading) ? 20 * u : 0
top = head + (4.8 * names_of_methods + 14) * u
right = 56.0 * u # at least the colours; more where a slanted name reaches farther
cell = wanted_width > 0 ? (wanted_width - left - right) / methods : 34.0 * u
if (cell < 8 * u) { cell = 8 * u }
do for [m = 1:methods] {
  reach = 4.0 * u * (strlen(label[m]) < most ? strlen(label[m]) : most) - cell * (methods - m)
  right = right < reach && wanted_width <= 0 ? reach : right
}
width = wanted_width > 0 ? wanted_width : left + cell * methods + right
foot = (10.0 + 12 * lines(note, width)) * u
row = wanted_height > 0 ? (wanted_height - top - foot) / problems : (problems == 1 ? 48.0 : 15.0 * problems < 90 ? 90.0 / problems : 15.0) * u
if (row < 6 * u) { row = 6 * u }
height = wanted_height > 0 ? wanted_height : top + row * problems + foot
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
  set colorbox user origin (left + cell * methods + 12 * u) / width, foot / height \
    size 10.0 * u / width, (height - top - foot) / height
  unset cblabel
  small = sized(format, 0.8)
  set cbtics ceil(2.5 * (high - low)) / 10.0 nomirror scale 0.4 format '%.1f' font small
  unset xtics
  unset ytics
  # names as labels: those of tics are cut at 50 letters and are formats
  do for [m = 1:methods] {
    set label 1000 + m fit(label[m], most) at first m - 0.1, screen 1 - (top - 5 * u) / height left rotate by 50 noenhanced \
      font sized(format, 0.9) textcolor rgb ink
  }
  do for [p = 1:problems] {
    set label 5000 + p fit(panel[p], most) at screen (left - 6 * u) / width, first p right noenhanced \
      font sized(format, 0.9) textcolor rgb ink
  }
  set label 1 fold(note, width) at screen 0.5, (foot - 14 * u) / height center noenhanced font sized(format, 0.75) textcolor rgb mute
  set label 2 heading at screen 0.5, 1 - 12 * u / height center noenhanced font sized(format, 1.05) textcolor rgb ink
  set object 1 rectangle from graph 0, graph 0 to graph 1, graph 1 fillcolor rgb '#ECECEC' fillstyle solid noborder behind
  # boxes: an image of one row or column has no size; what lies beyond the range has the colour of its end
  plot data using ($3 == $3 ? $1 : NaN):2:($1 - 0.5):($1 + 0.5):($2 - 0.5):($2 + 0.5):($3 < low ? low : $3 > high ? high : $3) with boxxyerror \
      fillstyle solid 1 noborder linecolor palette notitle, \
    '' using 1:2:(strcol(4)):($3 == $3 && $3 > low + 0.45 * (high - low) ? 0xFFFFFF : 0x222222) \
      with labels noenhanced font sized(format, 0.75) textcolor rgb variable notitle
  unset label
  unset object 1
  unset output
}
