
# style.gp -- what all pictures share: terminals, looks, fonts, texts that fit
reset
set encoding utf8
# how curve i looks: the script above says it, from src/picture/style.c
colour(i) = word(colours, int(i))
dash(i) = int(word(dashes, int(i)))
mark(i) = int(word(marks, int(i)))
weight(i) = real(word(weights, int(i))) # more for what is set apart
ink = '#333333'
mute = '#595959'
pale = '#C8C8C8'
# Lengths are pixels of 1/96 inch for letters of 9 pt; u grows them with the letters. 460 of them, the
# width of most pictures, printed 8.5 cm wide leave letters of 6.3 pt.
u = points_of_type / 9.0
tex = tex_script
paper(w) = sprintf('%.4gin', w / 96.0)
terminal(f, w, h) = \
  f eq 'svg' ? sprintf("set terminal svg size %d,%d enhanced font '%s,%g' dashlength 0.5 background '#ffffff'", w, h, typeface, 12 * u) : \
  f eq 'pdf' ? sprintf("set terminal pdfcairo size %s,%s enhanced font '%s,%g' fontscale 1 dashlength 0.5", paper(w), paper(h), typeface, 9 * u) : \
  f eq 'eps' ? sprintf("set terminal epscairo size %s,%s enhanced font '%s,%g' fontscale 1 dashlength 0.5", paper(w), paper(h), typeface, 9 * u) : \
  f eq 'tikz' ? sprintf("set terminal tikz size %s,%s font '\\fontsize{%g}{%g}\\selectfont'", paper(w), paper(h), 9 * u, 10.8 * u) : \
  f eq 'cairolatex' ? sprintf("set terminal cairolatex pdf colortext size %s,%s header '\\fontsize{%g}{%g}\\selectfont' dashlength 0.5", paper(w), paper(h), 9 * u, 10.8 * u) : \
  f eq 'png' ? sprintf("set terminal pngcairo size %d,%d enhanced font '%s,%g' fontscale 2 linewidth 2 pointscale 1.6 dashlength 0.5", 2 * w, 2 * h, typeface, 9 * u) : \
  sprintf("set terminal dumb noenhanced size %d,%d", w < 640 ? 80 : w / 8, h / 13)
target(f) = f eq 'dumb' ? 'unset output' : f eq 'cairolatex' ? sprintf("set output '%s-latex.tex'", name) : \
  sprintf("set output '%s.%s'", name, f)
# a font some share of the size of the others
sized(f, share) = f eq 'tikz' ? sprintf('\fontsize{%g}{%g}\selectfont', 9 * u * share, 10.8 * u * share) : \
  sprintf(',%g', (f eq 'svg' ? 12 : 9) * u * share)
data = name.'.dat'
power = formats eq 'dumb' ? '1e%T' : tex ? '$10^{%T}$' : '10^{%T}'
percent = tex ? '\%' : '%'
cut_mark = tex ? '\ldots{}' : '…'
# a text of some letters a line: word i and what follows, behind `used` letters; the number of its lines
fold_from(t, i, used, most) = i > words(t) ? '' : used && used + 1 + strlen(word(t, i)) > most ? \
  "\n".word(t, i).fold_from(t, i + 1, strlen(word(t, i)), most) : \
  (used ? ' ' : '').word(t, i).fold_from(t, i + 1, used + (used > 0) + strlen(word(t, i)), most)
breaks_from(t, i, used, most) = i > words(t) ? 0 : used && used + 1 + strlen(word(t, i)) > most ? \
  1 + breaks_from(t, i + 1, strlen(word(t, i)), most) : breaks_from(t, i + 1, used + (used > 0) + strlen(word(t, i)), most)
letters(width) = width < 120 * u ? 20 : (width - 10 * u) / (5.0 * u) # of size 0.75
fold(t, width) = fold_from(t, 1, 0, letters(width))
lines(t, width) = strlen(t) ? 1 + breaks_from(t, 1, 0, letters(width)) : 0
# a name too long for its place loses its middle: both ends tell it from its like. TeX is never cut
fit(t, most) = tex || strlen(t) <= most ? t : \
  substr(t, 1, int((most - 1) / 2)).cut_mark.substr(t, strlen(t) - int((most - 1) / 2) + 1, strlen(t))
# the foot: what the picture shows; with a size of its own the picture goes into a text that says it
note = wanted_width > 0 ? '' : note_text
set border 3 lc rgb ink lw 0.8
set tics nomirror textcolor rgb ink scale 0.6
set grid xtics ytics lt 1 lw 0.4 lc rgb '#E4E4E4'
set title noenhanced
set key noenhanced textcolor rgb ink samplen 2.2
set xlabel noenhanced textcolor rgb ink
set ylabel noenhanced textcolor rgb ink
# a step between tics that divides a range into at most so many: 1, 2 or 5 times a power of ten
nice_of(x, ten) = (x <= 1.0001 * ten ? 1 : x <= 2.0001 * ten ? 2 : x <= 5.0001 * ten ? 5 : 10) * ten
nice_step(range, parts) = range > 0 ? nice_of(range / parts, 10 ** floor(log10(range / parts))) : 1
