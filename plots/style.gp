
# style.gp -- what all pictures share: terminals, colours, panels
reset
set encoding utf8
# Okabe, Ito 2008 (safe for the colour-blind), yellow left out: too pale for a line on white
colours = '#0072B2 #D55E00 #009E73 #CC79A7 #E69F00 #56B4E9 #882255 #000000'
colour(i) = word(colours, (int(i) - 1) % 8 + 1)
dash(i) = (int(i) - 1) % 8 < 4 ? 1 : 2
mark(i) = int(word('7 5 9 13 6 4 8 12', (int(i) - 1) % 8 + 1))
ink = '#333333'
pale = '#C8C8C8'
terminal(f, w, h) = \
  f eq 'svg' ? sprintf("set terminal svg size %d,%d enhanced font 'Helvetica,12' dashlength 0.5 background '#ffffff'", w, h) : \
  f eq 'pdf' ? sprintf("set terminal pdfcairo size %gin,%gin enhanced font 'Helvetica,10' dashlength 0.5", w / 96.0, h / 96.0) : \
  f eq 'png' ? sprintf("set terminal pngcairo size %d,%d enhanced font 'Helvetica,9.5' fontscale 2 linewidth 2 pointscale 1.6 dashlength 0.5", 2 * w, 2 * h) : \
  sprintf("set terminal dumb noenhanced size %d,%d", w / 8, h / 16)
target(f) = f eq 'dumb' ? 'unset output' : sprintf("set output '%s.%s'", name, f)
data = name.'.dat'
power = formats eq 'dumb' ? '1e%T' : '10^{%T}'
# a text of some letters a line: word i and what follows, behind `used` letters; the number of its lines
fold_from(t, i, used, most) = i > words(t) ? '' : used && used + 1 + strlen(word(t, i)) > most ? \
  "\n".word(t, i).fold_from(t, i + 1, strlen(word(t, i)), most) : \
  (used ? ' ' : '').word(t, i).fold_from(t, i + 1, used + (used > 0) + strlen(word(t, i)), most)
breaks_from(t, i, used, most) = i > words(t) ? 0 : used && used + 1 + strlen(word(t, i)) > most ? \
  1 + breaks_from(t, i + 1, strlen(word(t, i)), most) : breaks_from(t, i + 1, used + (used > 0) + strlen(word(t, i)), most)
letters(width) = width < 120 ? 20 : (width - 10) / 5.8 # of size 9
fold(t, width) = fold_from(t, 1, 0, letters(width))
lines(t, width) = 1 + breaks_from(t, 1, 0, letters(width))
set border 3 lc rgb ink lw 0.8
set tics nomirror textcolor rgb ink scale 0.6
set grid xtics ytics lt 1 lw 0.4 lc rgb '#E4E4E4'
set title noenhanced
set key noenhanced textcolor rgb ink samplen 2.2
set xlabel noenhanced textcolor rgb ink
set ylabel noenhanced textcolor rgb ink
