# Programs as plug-ins: to read, and to use by name (--plugin torch_optim.py).
examplesdir = $(pkgdatadir)/examples
dist_examples_SCRIPTS = \
  %D%/heavy_ball.py \
  %D%/own_methods.py \
  %D%/scipy_minimize.py \
  %D%/torch_networks.py \
  %D%/torch_optim.py
