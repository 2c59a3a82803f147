# A suite that ships: one file here, named in this list, one a line. Installed with its subfolder.
suitesdir = $(pkgdatadir)
nobase_dist_suites_DATA = \
  suites/quick.json
