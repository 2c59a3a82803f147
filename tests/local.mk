# The tests mirror the rooms of src. A Criterion program: name it in criterion_tests of its room and give its
# sources; a shell test (prints TAP): name it in cli_tests; a Python test (ends in tap.main()): in python_tests.
EXTRA_DIST += %D%/lsan.supp %D%/leak.h
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = CRITERION_OUTPUTS=tap:- ; LC_ALL=C ; \
  LSAN_OPTIONS=suppressions=$(abs_srcdir)/tests/lsan.supp:print_suppressions=0 ; \
  ASAN_OPTIONS=detect_leaks=1 ; srcdir='$(srcdir)' ; PYTHON='$(PYTHON)' ; \
  export LSAN_OPTIONS CRITERION_OUTPUTS LC_ALL ASAN_OPTIONS srcdir PYTHON ;
# With several tests at once the address sanitizer finds a leak in Criterion 2.4.1 itself.
if SANITIZED
AM_TESTS_ENVIRONMENT += CRITERION_JOBS=1 ; export CRITERION_JOBS ;
endif
TEST_EXTENSIONS = .sh .py
SH_LOG_COMPILER = $(SHELL)
SH_LOG_DRIVER = $(LOG_DRIVER)
PY_LOG_COMPILER = $(SHELL) $(srcdir)/tests/python/run.sh
PY_LOG_DRIVER = $(LOG_DRIVER)

test_libs = libcore.la $(LIBS_ALL) $(CRITERION_LIBS) -lm
criterion_tests = \
  %D%/ground/test_expression \
  %D%/ground/test_json \
  %D%/measure/test_measure \
  %D%/measure/test_minnorm \
  %D%/measure/test_stationarity \
  %D%/run/test_game \
  %D%/run/test_harness \
  %D%/run/test_pool \
  %D%/ground/test_quote \
  %D%/check/test_check \
  %D%/analysis/test_profile \
  %D%/analysis/test_rate \
  %D%/analysis/test_records \
  %D%/analysis/test_statistics \
  %D%/picture/test_style \
  %D%/picture/test_thin \
  %D%/study/test_correlates \
  %D%/problems/test_files \
  %D%/problems/test_own \
  %D%/problems/test_tables \
  %D%/problems/test_problems \
  %D%/problems/test_problems_classic \
  %D%/problems/test_problems_learning \
  %D%/study/test_verdict \
  %D%/problems/test_network_data \
  %D%/problems/test_network_layers \
  %D%/problems/test_network_learning \
  %D%/problems/test_network_reference \
  %D%/optimizers/test_optimizer_faults \
  %D%/optimizers/test_optimizer_identities \
  %D%/optimizers/test_optimizer_invariances \
  %D%/optimizers/test_optimizer_goldstein \
  %D%/optimizers/test_optimizer_lgi \
  %D%/optimizers/test_optimizer_saddle \
  %D%/optimizers/test_optimizer_vectors \
  %D%/optimizers/test_optimizers_nonsmooth \
  %D%/optimizers/test_optimizers_convex \
  %D%/library/test_library
cli_tests = \
  %D%/floors.sh \
  %D%/ground/configure.sh \
  %D%/run/cli_program.sh \
  %D%/run/cli_torch.sh \
  %D%/command/cli_cluster.sh \
  %D%/command/cli_completion.sh \
  %D%/command/cli_data.sh \
  %D%/command/cli_measure.sh \
  %D%/command/cli_paper.sh \
  %D%/command/cli_plot.sh \
  %D%/command/cli_rates.sh \
  %D%/command/cli_kill.sh \
  %D%/command/cli_plugin.sh \
  %D%/command/cli_readme.sh \
  %D%/packaging.sh \
  %D%/command/cli_records.sh \
  %D%/command/cli_report.sh \
  %D%/command/cli_run.sh \
  %D%/command/cli_story.sh \
  %D%/command/cli_tune.sh \
  %D%/command/cli_verdicts.sh \
  %D%/command/cli_hostile.sh \
  %D%/fuzz/short.sh
python_tests = \
  %D%/python/test_package.py \
  %D%/python/test_problem.py \
  %D%/python/test_runs.py \
  %D%/python/test_tutorial.py
EXTRA_DIST += %D%/python/run.sh %D%/python/tap.py
if HAVE_CRITERION
check_PROGRAMS += $(criterion_tests)
TESTS += $(criterion_tests)
endif
dist_check_SCRIPTS += $(cli_tests) $(python_tests)
TESTS += $(cli_tests) $(python_tests)
# What doctor finds in this build, and in one with -ffast-math. -w: clang warns of what is done on purpose.
arithmetic_tests = %D%/ground/arithmetic %D%/ground/arithmetic_faulty
check_PROGRAMS += $(arithmetic_tests)
TESTS += $(arithmetic_tests)
tests_ground_arithmetic_SOURCES = %D%/ground/arithmetic.c
tests_ground_arithmetic_LDADD = libcore.la $(LIBS_ALL) -lm
tests_ground_arithmetic_faulty_SOURCES = %D%/ground/arithmetic.c
tests_ground_arithmetic_faulty_CPPFLAGS = $(AM_CPPFLAGS) -DFAULTY
tests_ground_arithmetic_faulty_CFLAGS = $(AM_CFLAGS) -ffast-math -w
tests_ground_arithmetic_faulty_LDADD = libcore.la $(LIBS_ALL) -lm
# The fuzzer as a program of its own; fuzz/run.sh builds it once more, with libFuzzer's main.
check_PROGRAMS += %D%/fuzz/fuzz
tests_fuzz_fuzz_SOURCES = %D%/fuzz/fuzz.c %D%/fuzz/fuzz_expressions.c %D%/fuzz/fuzz_files.c \
  %D%/fuzz/fuzz_readers.c %D%/fuzz/target.h
tests_fuzz_fuzz_LDADD = libcore.la $(LIBS_ALL) -lm
test_flags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) -I$(srcdir)/tests
# Linked with what is installed, from the build folder without a wrapper script.
tests_library_test_library_SOURCES = %D%/library/test_library.c
tests_library_test_library_CPPFLAGS = $(test_flags)
tests_library_test_library_LDADD = libnsobench.la $(GSL_LIBS) $(CRITERION_LIBS) -lm
tests_library_test_library_LDFLAGS = $(AM_LDFLAGS) -no-install
tests_ground_test_expression_SOURCES = %D%/ground/test_expression.c
tests_ground_test_expression_CPPFLAGS = $(test_flags)
tests_ground_test_expression_LDADD = $(test_libs)
tests_ground_test_json_SOURCES = %D%/ground/test_json.c
tests_ground_test_json_CPPFLAGS = $(test_flags)
tests_ground_test_json_LDADD = $(test_libs)
tests_ground_test_quote_SOURCES = %D%/ground/test_quote.c
tests_ground_test_quote_CPPFLAGS = $(test_flags)
tests_ground_test_quote_LDADD = $(test_libs)
tests_measure_test_measure_SOURCES = %D%/measure/test_measure.c
tests_measure_test_measure_CPPFLAGS = $(test_flags)
tests_measure_test_measure_LDADD = $(test_libs)
tests_measure_test_minnorm_SOURCES = %D%/measure/test_minnorm.c
tests_measure_test_minnorm_CPPFLAGS = $(test_flags)
tests_measure_test_minnorm_LDADD = $(test_libs)
tests_measure_test_stationarity_SOURCES = %D%/measure/test_stationarity.c
tests_measure_test_stationarity_CPPFLAGS = $(test_flags)
tests_measure_test_stationarity_LDADD = $(test_libs)
tests_run_test_game_SOURCES = %D%/run/test_game.c
tests_run_test_game_CPPFLAGS = $(test_flags)
tests_run_test_game_LDADD = $(test_libs)
tests_run_test_harness_SOURCES = %D%/run/test_harness.c
tests_run_test_harness_CPPFLAGS = $(test_flags)
tests_run_test_harness_LDADD = $(test_libs)
tests_run_test_pool_SOURCES = %D%/run/test_pool.c
tests_run_test_pool_CPPFLAGS = $(test_flags)
tests_run_test_pool_LDADD = $(test_libs)
tests_picture_test_style_SOURCES = %D%/picture/test_style.c
tests_picture_test_style_CPPFLAGS = $(test_flags)
tests_picture_test_style_LDADD = $(test_libs)
tests_picture_test_thin_SOURCES = %D%/picture/test_thin.c
tests_picture_test_thin_CPPFLAGS = $(test_flags)
tests_picture_test_thin_LDADD = $(test_libs)
tests_check_test_check_SOURCES = %D%/check/test_check.c
tests_check_test_check_CPPFLAGS = $(test_flags)
tests_check_test_check_LDADD = $(test_libs)
tests_analysis_test_profile_SOURCES = %D%/analysis/test_profile.c %D%/analysis/made.h
tests_analysis_test_profile_CPPFLAGS = $(test_flags)
tests_analysis_test_profile_LDADD = $(test_libs)
tests_analysis_test_rate_SOURCES = %D%/analysis/test_rate.c %D%/analysis/noisy.c %D%/analysis/noisy.h
tests_analysis_test_rate_CPPFLAGS = $(test_flags)
tests_analysis_test_rate_LDADD = $(test_libs)
tests_analysis_test_records_SOURCES = %D%/analysis/test_records.c
tests_analysis_test_records_CPPFLAGS = $(test_flags)
tests_analysis_test_records_LDADD = $(test_libs)
tests_analysis_test_statistics_SOURCES = %D%/analysis/test_statistics.c
tests_analysis_test_statistics_CPPFLAGS = $(test_flags)
tests_analysis_test_statistics_LDADD = $(test_libs)
tests_study_test_correlates_SOURCES = %D%/study/test_correlates.c
tests_study_test_correlates_CPPFLAGS = $(test_flags)
tests_study_test_correlates_LDADD = $(test_libs)
tests_problems_test_files_SOURCES = %D%/problems/test_files.c %D%/problems/scratch.h
tests_problems_test_files_CPPFLAGS = $(test_flags)
tests_problems_test_files_LDADD = $(test_libs)
tests_problems_test_own_SOURCES = %D%/problems/test_own.c %D%/problems/scratch.h
tests_study_test_verdict_SOURCES = %D%/study/test_verdict.c %D%/analysis/noisy.c %D%/analysis/noisy.h
tests_study_test_verdict_CPPFLAGS = $(test_flags)
tests_study_test_verdict_LDADD = $(test_libs)
tests_problems_test_own_CPPFLAGS = $(test_flags)
tests_problems_test_own_LDADD = $(test_libs)
tests_problems_test_tables_SOURCES = %D%/problems/test_tables.c %D%/problems/scratch.h
tests_problems_test_tables_CPPFLAGS = $(test_flags)
tests_problems_test_tables_LDADD = $(test_libs)
tests_problems_test_problems_SOURCES = %D%/problems/test_problems.c
nodist_tests_problems_test_problems_SOURCES = src/registry.def
tests_problems_test_problems_CPPFLAGS = $(test_flags)
tests_problems_test_problems_LDADD = $(test_libs)
tests_problems_test_problems_classic_SOURCES = %D%/problems/test_problems_classic.c
tests_problems_test_problems_classic_CPPFLAGS = $(test_flags)
tests_problems_test_problems_classic_LDADD = $(test_libs)
tests_problems_test_problems_learning_SOURCES = %D%/problems/test_problems_learning.c
tests_problems_test_problems_learning_CPPFLAGS = $(test_flags)
tests_problems_test_problems_learning_LDADD = $(test_libs)
tests_problems_test_network_data_SOURCES = %D%/problems/test_network_data.c
tests_problems_test_network_data_CPPFLAGS = $(test_flags)
tests_problems_test_network_data_LDADD = $(test_libs)
tests_problems_test_network_layers_SOURCES = %D%/problems/test_network_layers.c
tests_problems_test_network_layers_CPPFLAGS = $(test_flags)
tests_problems_test_network_layers_LDADD = $(test_libs)
tests_problems_test_network_learning_SOURCES = %D%/problems/test_network_learning.c
tests_problems_test_network_learning_CPPFLAGS = $(test_flags)
tests_problems_test_network_learning_LDADD = $(test_libs)
tests_problems_test_network_reference_SOURCES = %D%/problems/test_network_reference.c
tests_problems_test_network_reference_CPPFLAGS = $(test_flags)
tests_problems_test_network_reference_LDADD = $(test_libs)
tests_optimizers_test_optimizer_faults_SOURCES = %D%/optimizers/test_optimizer_faults.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_faults_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_faults_LDADD = $(test_libs)
tests_optimizers_test_optimizer_identities_SOURCES = %D%/optimizers/test_optimizer_identities.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_identities_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_identities_LDADD = $(test_libs)
tests_optimizers_test_optimizer_lgi_SOURCES = %D%/optimizers/test_optimizer_lgi.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_lgi_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_lgi_LDADD = $(test_libs)
tests_optimizers_test_optimizer_invariances_SOURCES = %D%/optimizers/test_optimizer_invariances.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_invariances_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_invariances_LDADD = $(test_libs)
tests_optimizers_test_optimizer_goldstein_SOURCES = %D%/optimizers/test_optimizer_goldstein.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_goldstein_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_goldstein_LDADD = $(test_libs)
tests_optimizers_test_optimizer_saddle_SOURCES = %D%/optimizers/test_optimizer_saddle.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_saddle_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_saddle_LDADD = $(test_libs)
tests_optimizers_test_optimizer_vectors_SOURCES = %D%/optimizers/test_optimizer_vectors.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizer_vectors_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizer_vectors_LDADD = $(test_libs)
tests_optimizers_test_optimizers_convex_SOURCES = %D%/optimizers/test_optimizers_convex.c %D%/optimizers/play.c %D%/optimizers/play.h %D%/optimizers/playground.c
tests_optimizers_test_optimizers_convex_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizers_convex_LDADD = $(test_libs)
tests_optimizers_test_optimizers_nonsmooth_SOURCES = %D%/optimizers/test_optimizers_nonsmooth.c
tests_optimizers_test_optimizers_nonsmooth_CPPFLAGS = $(test_flags)
tests_optimizers_test_optimizers_nonsmooth_LDADD = $(test_libs)
EXTRA_DIST += %D%/study/claims/false-noise-to-zero.json \
  %D%/study/claims/false-quartic-linear.json \
  %D%/study/claims/false-tight-constant.json \
  %D%/study/claims/true-adagrad-norm.json \
  %D%/study/claims/true-fista.json \
  %D%/study/claims/true-quartic.json \
  %D%/study/claims/true-tight-rate.json
EXTRA_DIST += %D%/reference/problems.csv \
  %D%/reference/networks.py %D%/reference/networks.txt \
  %D%/reference/statistics.py %D%/reference/statistics.txt \
  %D%/reference/trajectories.py %D%/reference/trajectories.json %D%/reference/vectors.json \
  %D%/reference/field.py %D%/reference/field.json \
  %D%/reference/convex.py %D%/reference/convex.json \
  %D%/reference/saddle.py %D%/reference/saddle.json

# Plug-ins, compiled as a user would; the mutants are methods for which claims must fail.
hostile = %D%/plugins/hostile_problem.so %D%/plugins/hostile_optimizer.so %D%/plugins/hostile_option.so \
  %D%/plugins/hostile_column.so
plugins = %D%/plugins/edge.so %D%/plugins/heavy_ball.so %D%/plugins/mutants.so %D%/plugins/trouble.so %D%/plugins/twins.so \
  %D%/plugins/hostile.so $(hostile)
check_DATA += $(plugins)
CLEANFILES += $(plugins)
$(plugins): $(srcdir)/src/nsobench.h
EXTRA_DIST += %D%/plugins/edge.c %D%/plugins/heavy_ball.c %D%/plugins/mutants.c %D%/plugins/trouble.c %D%/plugins/rogue.c %D%/plugins/hostile.c \
  %D%/plugins/twins.c %D%/plugins/faults.py %D%/run/trajectories.py %D%/run/networks.py
.c.so:
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CC) $(CPPFLAGS) $(AM_CPPFLAGS) $(CFLAGS) $(AM_CFLAGS) -fPIC -shared -o $@ $<
$(hostile): %D%/plugins/hostile.c
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CC) $(CPPFLAGS) $(AM_CPPFLAGS) $(CFLAGS) $(AM_CFLAGS) -fPIC -shared -o $@ \
	  -D`basename $@ .so | tr a-z A-Z` $(srcdir)/%D%/plugins/hostile.c

# Everything: the long forms of the tests, the fuzzers, every problem and optimizer checked.
EXTRA_DIST += %D%/fuzz/run.sh %D%/fuzz/seeds.sh
.PHONY: bigcheck
bigcheck: all
	NSOBENCH_BIG=1 $(MAKE) $(AM_MAKEFLAGS) check
	./nsobench check --all
	sh $(srcdir)/tests/fuzz/run.sh "$(abs_top_srcdir)" "$(abs_top_builddir)"
