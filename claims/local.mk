# The claims that ship: one file each.
claimsdir = $(pkgdatadir)/claims
dist_claims_DATA = \
  %D%/adaml-fast.json \
  %D%/adaml-pl.json \
  %D%/bfgs-linear.json \
  %D%/fista.json \
  %D%/gd-pl.json \
  %D%/geometric-sharp.json \
  %D%/gradient-smooth.json \
  %D%/lower-bound.json \
  %D%/pdhg-ergodic.json \
  %D%/polyak-convex.json \
  %D%/polyak-sharp.json \
  %D%/polyak-smooth.json \
  %D%/prox-gradient.json \
  %D%/sadam-chatter.json \
  %D%/sadam-damping.json \
  %D%/sadam-lgi.json \
  %D%/sadam-qat.json \
  %D%/sadam-rate.json \
  %D%/sadam-slows.json \
  %D%/sam-ps-stall.json \
  %D%/sam-sps-tuning.json \
  %D%/sgd-pl.json \
  %D%/sps.json \
  %D%/strongly-convex-average.json \
  %D%/subgradient-best.json \
  %D%/subgradient-tight.json \
  %D%/usam-ps-convex.json \
  %D%/usam-ps-linear.json \
  %D%/usam-sps.json \
  %D%/weakly-convex-moreau.json
EXTRA_DIST += docs/claims.md docs/claims-adaml-pl.svg docs/claims-sadam-rate.svg docs/claims-sam-ps-stall.svg docs/claims-usam-sps.svg

# docs/claims.md: what stands between <!-- NAME --> and <!-- end --> is written anew, from claims.NAME.
.PHONY: claims
claims: nsobench$(EXEEXT) tests/analysis/test_rate$(EXEEXT) tests/study/test_verdict$(EXEEXT)
	NSOBENCH_BIG=1 NSOBENCH_SHOW=1 tests/analysis/test_rate --filter 'rate/interval*' 2>/dev/null | grep '^|' >claims.coverage
	NSOBENCH_BIG=1 NSOBENCH_SHOW=1 tests/study/test_verdict --filter 'verdict/false*' 2>/dev/null | grep '^|' >claims.proof
	./nsobench rates --all --power >claims.power
	./nsobench rates --all --markdown >claims.verdicts || test $$? = 1
	awk '/^<!-- end -->/ { skip = 0 } !skip { print } \
	  /^<!-- [a-z]+ -->/ && $$2 != "end" { skip = 1; while ((getline line < ("claims." $$2)) > 0) print line }' \
	  $(srcdir)/docs/claims.md >claims.new && mv claims.new $(srcdir)/docs/claims.md
	rm -f claims.coverage claims.proof claims.power claims.verdicts
