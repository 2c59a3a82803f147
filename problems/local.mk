# To add a problem: write problems/NAME.c, which defines nso_problem_NAME, and name it here.
problem_sources = \
  %D%/active_faces.c \
  %D%/brown2.c \
  %D%/cb2.c \
  %D%/cb3.c \
  %D%/chained_cb3_1.c \
  %D%/chained_cb3_2.c \
  %D%/chained_crescent_1.c \
  %D%/chained_crescent_2.c \
  %D%/chained_lq.c \
  %D%/chained_mifflin2.c \
  %D%/crescent.c \
  %D%/davidon2.c \
  %D%/dem.c \
  %D%/evd52.c \
  %D%/filter.c \
  %D%/gill.c \
  %D%/goffin.c \
  %D%/hs78.c \
  %D%/l1_norm.c \
  %D%/l1hilb.c \
  %D%/lq.c \
  %D%/maxl.c \
  %D%/maxq.c \
  %D%/maxquad.c \
  %D%/mifflin1.c \
  %D%/mifflin2.c \
  %D%/mxhilb.c \
  %D%/nonsmooth_rosenbrock.c \
  %D%/pl_sine.c \
  %D%/ql.c \
  %D%/rosenbrock.c \
  %D%/shor.c \
  %D%/spiral.c \
  %D%/steiner2.c \
  %D%/three_hump_camel.c \
  %D%/tr48.c \
  %D%/transformer.c \
  %D%/wf.c \
  %D%/wolfe.c

# A tight family: one file that defines several problems; the file here, its members' names there.
problem_family_sources = \
  %D%/colville.c \
  %D%/el_attar.c \
  %D%/mgh.c \
  %D%/oet.c \
  %D%/pbc.c \
  %D%/polak.c \
  %D%/rosen_suzuki.c \
  %D%/test29.c \
  %D%/wong.c
problem_families = \
  bard \
  colville1 \
  el_attar \
  evd61 \
  exp \
  kowalik_osborne \
  oet5 \
  oet6 \
  osborne2 \
  pbc1 \
  pbc3 \
  polak2 \
  polak3 \
  polak6 \
  rosen_suzuki \
  shell_dual \
  test29_11 \
  test29_13 \
  test29_17 \
  test29_19 \
  test29_2 \
  test29_20 \
  test29_22 \
  test29_24 \
  test29_6 \
  watson \
  wong1 \
  wong2 \
  wong3
# Shared kernels: compiled in, not registered.
problem_kernels = \
  %D%/chained.h \
  %D%/equations.c \
  %D%/equations.h \
  %D%/hilbert.c \
  %D%/hilbert.h \
  %D%/large.c \
  %D%/large.h \
  %D%/links.h \
  %D%/planar.c \
  %D%/planar.h \
  %D%/small.c \
  %D%/small.h

# Learning, weakly convex and Polyak-Lojasiewicz problems, and the analytic families.
# Learning, weakly convex and Polyak-Lojasiewicz problems, and the analytic families.
problem_sources += \
  %D%/compressed_sensing.c \
  %D%/convex_feasibility.c \
  %D%/group_lasso.c \
  %D%/kinks.c \
  %D%/matrix_game.c \
  %D%/max_eigenvalue.c \
  %D%/mcp_least_squares.c \
  %D%/random_max.c \
  %D%/ridge.c
problem_family_sources += \
  %D%/bilinear.c \
  %D%/chebyshev_rosenbrock.c \
  %D%/denoising.c \
  %D%/ferrier.c \
  %D%/lasso.c \
  %D%/location.c \
  %D%/logistic.c \
  %D%/low_rank.c \
  %D%/norm_plus.c \
  %D%/phase_retrieval.c \
  %D%/planted_affine.c \
  %D%/polyak_lojasiewicz.c \
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
  enclosing_ball \
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
  geometric_median \
  guo_lewis \
  half_and_half \
  himmelblau \
  huber_regression \
  k_median \
  kinked_saddle \
  l1_logistic \
  l1_regression \
  l1_svm \
  lasso \
  least_squares \
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
  sine_valley \
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
  %D%/huber.c %D%/huber.h \
  %D%/location.h \
  %D%/lp.c \
  %D%/lp.h \
  %D%/median.c \
  %D%/planted.c \
  %D%/planted.h \
  %D%/points.c \
  %D%/rows.c \
  %D%/rows.h \
  %D%/saddle.c %D%/saddle.h \
  %D%/smallest_ball.c \
  %D%/taut_string.c \
  %D%/taut_string.h

# What reads tables of data, for learning problems and networks.
problem_kernels += \
  %D%/data/csv.c \
  %D%/data/fields.c %D%/data/fields.h \
  %D%/data/file.c %D%/data/file.h \
  %D%/data/how.c \
  %D%/data/kept.c %D%/data/kept.h \
  %D%/data/labels.c \
  %D%/data/libsvm.c \
  %D%/data/own.c %D%/data/own.h \
  %D%/data/read.c \
  %D%/data/samples.c %D%/data/samples.h \
  %D%/data/solve.c %D%/data/solve.h \
  %D%/data/standardise.c

# Networks: layers, data and the problems made of them.
problem_sources += \
  %D%/char_lstm.c \
  %D%/cnn.c \
  %D%/deep_linear.c \
  %D%/mlp.c \
  %D%/spirals.c \
  %D%/teacher_student.c \
  %D%/wgan_mix.c
problem_family_sources += \
  %D%/qat.c
problem_families += qat_mlp qat_cnn qatnet2 qatnet2_28 qatnet3
problem_kernels += \
  %D%/network/data.c %D%/network/data.h \
  %D%/network/dataset.c \
  %D%/network/folders.c \
  %D%/network/generators.c \
  %D%/network/glyphs.c \
  %D%/network/layers.inc \
  %D%/network/network.c %D%/network/network.h \
  %D%/network/pass.inc \
  %D%/network/plan.c \
  %D%/network/readers.c \
  %D%/network/real32.c \
  %D%/network/real64.c \
  %D%/network/recurrent.inc \
  %D%/network/tables.c \
  %D%/network/writers.c
