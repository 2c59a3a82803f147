#!/usr/bin/python3
# Makes statistics.txt, the numbers that test_statistics.c compares with: SciPy's implementations
# (Debian: python3-scipy). Each line: name, then what the test reads.
import numpy as np
import scipy
from scipy import stats
from scipy.stats import studentized_range

rng = np.random.default_rng(7)
print("# scipy", scipy.__version__)


def row(name, *v):
    print(name, *[repr(float(x)) if not isinstance(x, (int, np.integer)) else x for x in v])


# wilcoxon: n, differences, statistic, p
for n in (5, 8, 20, 45):
    d = rng.normal(0.4, 1, n)
    s = stats.wilcoxon(d, mode="exact")
    row("wilcoxon", n, *d, s.statistic, s.pvalue)
for n in (60, 120):
    d = np.round(rng.normal(0.2, 1, n), 1)  # ties and zeros
    s = stats.wilcoxon(d, zero_method="wilcox", mode="approx")
    row("wilcoxon", n, *d, s.statistic, s.pvalue)
for n in (6, 9, 12):  # ties and zeros, exact: all sign patterns enumerated
    d = np.round(rng.normal(0.8, 1.5, n))
    e = d[d != 0]
    r = stats.rankdata(abs(e))
    w = min(r[e > 0].sum(), r[e < 0].sum())
    m = len(e)
    t = [sum(r[i] for i in range(m) if k >> i & 1) for k in range(1 << m)]
    p = min(1, 2 * np.mean(np.array(t) <= w + 1e-9))
    row("wilcoxon", n, *d, w, p)

rng.normal(size=179)  # drawn for a test that is gone: what follows keeps its numbers

# friedman: blocks, methods, numbers by block, statistic, p
for b, k in ((6, 3), (12, 5), (30, 8)):
    v = rng.normal(0, 1, (b, k)) + 0.3 * np.arange(k)
    s = stats.friedmanchisquare(*v.T)
    row("friedman", b, k, *v.ravel(), s.statistic, s.pvalue)
for b, k in ((10, 4), (7, 3)):
    v = np.round(rng.normal(0, 1, (b, k)))
    s = stats.friedmanchisquare(*v.T)
    row("friedman", b, k, *v.ravel(), s.statistic, s.pvalue)

# studentized range, infinite degrees of freedom: groups, level, quantile
for k in (2, 3, 5, 10, 20):
    for p in (0.9, 0.95, 0.99):
        row("range", k, p, studentized_range.ppf(p, k, np.inf))

# holm: count, p, adjusted (the definition, vectorised: running maximum of (m - i) p_(i))
for m in (1, 4, 9):
    p = rng.uniform(0, 0.2, m)
    if m > 3:
        p[1] = p[2]
    o = np.argsort(p, kind="stable")
    a = np.empty(m)
    a[o] = np.minimum(1, np.maximum.accumulate(p[o] * (m - np.arange(m))))
    row("holm", m, *p, *a)

# bootstrap of the mean and the median: count, numbers, then low and high of percentile and BCa
for n, f in ((12, np.mean), (25, np.mean), (25, np.median)):
    x = rng.lognormal(0, 0.8, n)
    out = []
    for method in ("percentile", "BCa"):
        c = stats.bootstrap((x,), f, n_resamples=100000, method=method,
                            random_state=1, batch=1000).confidence_interval
        out += [c.low, c.high]
    row("bootstrap-" + f.__name__, n, *x, *out)

# quantiles: count, numbers, then five quantiles
x = rng.normal(0, 1, 11)
row("quantile", 11, *x, *np.quantile(x, [0, 0.1, 0.25, 0.5, 1]))
