# Templates of pictures: style.gp comes first in every script, then one of the others.
plotsdir = $(pkgdatadir)/plots
dist_plots_DATA = \
  %D%/curves.gp \
  %D%/style.gp
