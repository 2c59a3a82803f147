# Reference results: `nsobench report DIR --with reference` lays them under one's own.
resultsdir = $(pkgdatadir)
nobase_dist_results_DATA = \
  results/academic/manifest.json \
  results/academic/runs.jsonl.gz \
  results/pl/manifest.json \
  results/pl/runs.jsonl.gz
EXTRA_DIST += results/README.md
