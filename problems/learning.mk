# Learning, weakly convex and Polyak-Lojasiewicz problems, and the analytic families.
problem_sources += \
  %D%/compressed_sensing.c \
  %D%/group_lasso.c \
  %D%/kinks.c \
  %D%/max_eigenvalue.c \
  %D%/random_max.c
problem_family_sources += \
  %D%/bilinear.c \
  %D%/chebyshev_rosenbrock.c \
  %D%/denoising.c \
  %D%/ferrier.c \
  %D%/lasso.c \
  %D%/logistic.c \
  %D%/low_rank.c \
  %D%/norm_plus.c \
  %D%/phase_retrieval.c \
  %D%/planted_affine.c \
  %D%/regression.c \
  %D%/smooth_any.c \
  %D%/smooth_plane.c \
  %D%/svm.c \
  %D%/toys.c \
  %D%/vu_set.c \
  %D%/worst_case.c
problem_families += \
  ackley \
  amplitude_retrieval \
  asl_overton \
  beale \
  blind_deconvolution \
  booth \
  chebyshev_regression \
  chebyshev_rosenbrock \
  chebyshev_rosenbrock_1 \
  chebyshev_rosenbrock_2 \
  covariance_estimation \
  drori_teboulle \
  elastic_net \
  f2d \
  f3d_u0 \
  f3d_u1 \
  f3d_u2 \
  f3d_u3 \
  ferrier_f1 \
  ferrier_f2 \
  ferrier_f4 \
  ferrier_f5 \
  fused_lasso \
  guo_lewis \
  half_and_half \
  himmelblau \
  huber_regression \
  kinked_saddle \
  l1_logistic \
  l1_regression \
  l1_svm \
  lasso \
  logistic_regression \
  matrix_completion \
  matrix_sensing \
  matyas \
  max_affine_regression \
  nesterov_worst \
  partly_smooth \
  phase_retrieval \
  power_norm \
  quadratic_sensing \
  quantile_regression \
  rastrigin \
  relu_regression \
  robust_pca \
  sine_l1 \
  sphere \
  sphere_distance \
  svm \
  tilted_norm \
  tv_denoising
problem_kernels += \
  %D%/classified.c \
  %D%/classified.h \
  %D%/design.c \
  %D%/design.h \
  %D%/finite_sum.c \
  %D%/finite_sum.h \
  %D%/libsvm.c \
  %D%/libsvm.h \
  %D%/lp.c \
  %D%/lp.h \
  %D%/planted.c \
  %D%/planted.h \
  %D%/rows.c \
  %D%/rows.h \
  %D%/taut_string.c \
  %D%/taut_string.h
