# What the report is put together from: page, style and script, and uPlot 1.6.32 (MIT, npm), which draws on the canvas.
reportdir = $(pkgdatadir)/report
dist_report_DATA = \
  %D%/data.js \
  %D%/draw.js \
  %D%/page.js \
  %D%/report.css \
  %D%/report.html \
  %D%/statistics.js
reportvendordir = $(reportdir)/vendor/uplot
dist_reportvendor_DATA = \
  %D%/vendor/uplot/LICENSE \
  %D%/vendor/uplot/uPlot.iife.min.js \
  %D%/vendor/uplot/uPlot.min.css
