# To add a problem: write problems/NAME.c, which defines nso_problem_NAME, and name it here.
problem_sources = \
  %D%/maxq.c

# A tight family: one file that defines several problems; the file here, its members' names there.
problem_family_sources =
problem_families =
# Shared kernels: compiled in, not registered.
problem_kernels =
