# A suite that ships: one file; it is installed with its subfolder.
suitesdir = $(pkgdatadir)/suites
dist_suites_DATA = \
  %D%/quick.json
