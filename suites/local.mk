# A suite that ships: one file here, named in this list, one a line. Installed with its subfolder.
suitesdir = $(pkgdatadir)
nobase_dist_suites_DATA = \
  suites/quick.json

# Networks.
nobase_dist_suites_DATA += \
  suites/networks.json \
  suites/papers/adaml-small.json \
  suites/papers/s-adam-cifar100.json \
  suites/papers/s-adam-fashion-mnist.json \
  suites/papers/sam-polyak-deterministic.json \
  suites/papers/sam-polyak-stochastic.json \
  suites/qat.json

# Learning problems and their neighbours.
nobase_dist_suites_DATA += \
  suites/pl.json \
  suites/smooth.json \
  suites/statistics.json \
  suites/weakly-convex.json

# The field's classical collections.
nobase_dist_suites_DATA += \
  suites/academic.json \
  suites/large.json \
  suites/lgi.json \
  suites/test29.json
