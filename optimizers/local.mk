# To add an optimizer: write optimizers/NAME.c, which defines nso_optimizer_NAME, and name it here.
optimizer_sources = \
  %D%/adabelief.c \
  %D%/adaml.c \
  %D%/ali_g.c \
  %D%/amsgrad.c \
  %D%/eadam.c \
  %D%/lion.c \
  %D%/momo.c \
  %D%/nadam.c \
  %D%/polyak.c \
  %D%/prodigy.c \
  %D%/prox_sgd.c \
  %D%/prox_sgd_yang.c \
  %D%/radam.c \
  %D%/rmsprop.c \
  %D%/s_adam.c \
  %D%/sgd.c \
  %D%/subgradient.c

# A tight family: one file that defines several optimizers; the file here, its members' names there.
optimizer_family_sources = \
  %D%/adagrad.c \
  %D%/adam.c \
  %D%/d_adapt.c \
  %D%/dog.c \
  %D%/sam.c \
  %D%/schedule_free.c \
  %D%/sps.c
optimizer_families = \
  adagrad adagrad_norm \
  adam adamw adamw_damped \
  d_adapt_adam d_adapt_sgd \
  dog dowg \
  sam usam sam_ps usam_ps sam_sps usam_sps \
  schedule_free_adamw schedule_free_sgd \
  sps decsps momsps
# Shared kernels: compiled in, not registered.
optimizer_kernels = \
  %D%/adam_core.c %D%/adam_core.h \
  %D%/f_star.h \
  %D%/lgi.c %D%/lgi.h \
  %D%/rectify.h \
  %D%/vectors.h

# SAM's relatives, adaptive methods since 2023 and Goldstein stationarity.
optimizer_sources += \
  %D%/ademamix.c \
  %D%/adan.c \
  %D%/adopt.c \
  %D%/asam.c \
  %D%/friendly_sam.c \
  %D%/gsam.c \
  %D%/looksam.c \
  %D%/mars.c \
  %D%/momentum_sam.c \
  %D%/muon.c \
  %D%/ntd.c \
  %D%/shampoo.c \
  %D%/signum.c \
  %D%/soap.c \
  %D%/sophia.c
optimizer_family_sources += \
  %D%/cautious.c \
  %D%/light_sam.c \
  %D%/o2nc.c \
  %D%/sps_safe.c
optimizer_families += \
  cautious_adamw cautious_lion \
  lightsam adasam sa_sam \
  o2nc zeroth_order_goldstein exponentiated_o2nc derandomised_o2nc \
  sps_safe ima_sps_safe
optimizer_kernels += \
  %D%/blocks.h \
  %D%/sam_base.c %D%/sam_base.h \
  %D%/symmetric.c %D%/symmetric.h

# Methods of non-smooth optimization, proximal methods, wrapped ones and baselines.
optimizer_sources += \
  %D%/admm.c \
  %D%/bfgs.c \
  %D%/fista.c \
  %D%/gradient_sampling.c \
  %D%/ingd.c \
  %D%/kink_walk.c \
  %D%/lbfgs.c \
  %D%/nesterov_smoothing.c \
  %D%/oracle_cheat.c \
  %D%/pdhg.c \
  %D%/prox_gradient.c \
  %D%/proximal_bundle.c \
  %D%/r_algorithm.c \
  %D%/random_search.c
optimizer_family_sources += \
  %D%/gsl_multimin.c
optimizer_families += \
  gsl_bfgs2 \
  gsl_conjugate_fr \
  gsl_nmsimplex2
optimizer_kernels += \
  %D%/prox_core.c %D%/prox_core.h \
  %D%/quasi_newton.c %D%/quasi_newton.h \
  %D%/weak_wolfe.c %D%/weak_wolfe.h

# Convex methods of the textbooks: cuts, mirrors, averages, coordinates, restarts.
optimizer_sources += \
  %D%/coordinate_descent.c \
  %D%/cutting_plane.c \
  %D%/dual_averaging.c \
  %D%/ellipsoid.c \
  %D%/level_bundle.c \
  %D%/mirror_descent.c \
  %D%/restarted_subgradient.c
optimizer_kernels += \
  %D%/cuts.c %D%/cuts.h
