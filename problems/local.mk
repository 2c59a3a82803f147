# To add a problem: write problems/NAME.c, which defines nso_problem_NAME, and name it here.
problem_sources = \
  %D%/maxq.c

# A tight family: one file that defines several problems; the file here, its members' names there.
problem_family_sources =
problem_families =
# Shared kernels: compiled in, not registered.
problem_kernels =

# Learning, weakly convex and Polyak-Lojasiewicz problems.
problem_sources += \
  %D%/svm.c
problem_kernels += \
  %D%/finite_sum.c %D%/finite_sum.h \
  %D%/libsvm.c %D%/libsvm.h \
  %D%/rows.c %D%/rows.h
