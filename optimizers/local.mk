# To add an optimizer: write optimizers/NAME.c, which defines nso_optimizer_NAME, and name it here.
optimizer_sources = \
  %D%/subgradient.c

# A tight family: one file that defines several optimizers; the file here, its members' names there.
optimizer_family_sources =
optimizer_families =
# Shared kernels: compiled in, not registered.
optimizer_kernels =
