# Templates of pictures: style.gp comes first in every script, then one of the others.
plotsdir = $(pkgdatadir)/plots
dist_plots_DATA = \
  %D%/critical.gp \
  %D%/claim.gp \
  %D%/curves.gp \
  %D%/ert.gp \
  %D%/heatmap.gp \
  %D%/measure.gp \
  %D%/regions.gp \
  %D%/style.gp \
  %D%/trajectory.gp \
  %D%/weights.gp
