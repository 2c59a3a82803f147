# To add an optimizer: write optimizers/NAME.c, which defines nso_optimizer_NAME, and name it here.
optimizer_sources = \
  %D%/polyak.c \
  %D%/prox_sgd.c \
  %D%/s_adam.c \
  %D%/sgd.c \
  %D%/subgradient.c

# A tight family: one file that defines several optimizers; the file here, its members' names there.
optimizer_family_sources = \
  %D%/adam.c
optimizer_families = \
  adam \
  adamw \
  adamw_damped
# Shared kernels: compiled in, not registered.
optimizer_kernels = \
  %D%/adam_core.c %D%/adam_core.h \
  %D%/lgi.c %D%/lgi.h \
  %D%/vectors.h
