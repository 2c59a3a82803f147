# The claims that ship: one file each.
claimsdir = $(pkgdatadir)/claims
dist_claims_DATA = \
  %D%/gd-pl.json \
  %D%/subgradient-tight.json
