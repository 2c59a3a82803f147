#!/usr/bin/env python3
"""SciPy's minimizers as rivals: nsobench run --plugin scipy_minimize.py -O 'scipy-*' ..."""
import nsobench
import nsobench.scipy

for name in ("BFGS", "CG", "TNC", "SLSQP", "Nelder-Mead", "Powell", "COBYLA"):
    nsobench.scipy.minimize(name)
nsobench.scipy.minimize("L-BFGS-B", maxcor=10)
nsobench.main()
