EXTRA_DIST += %D%/lsan.supp
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = CRITERION_OUTPUTS=tap:- ; LC_ALL=C ; \
  LSAN_OPTIONS=suppressions=$(abs_srcdir)/tests/lsan.supp:print_suppressions=0 ; \
  ASAN_OPTIONS=detect_leaks=1 ; srcdir='$(srcdir)' ; \
  export LSAN_OPTIONS CRITERION_OUTPUTS LC_ALL ASAN_OPTIONS srcdir ;
# With several tests at once the address sanitizer finds a leak in Criterion 2.4.1 itself.
if SANITIZED
AM_TESTS_ENVIRONMENT += CRITERION_JOBS=1 ; export CRITERION_JOBS ;
endif
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)
SH_LOG_DRIVER = $(LOG_DRIVER)

# One program per tests/test_X.c: name X in criterion_tests.
criterion_flags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
criterion_libs = libcore.la $(LIBS_ALL) $(CRITERION_LIBS) -lm

# Problems: every entry of the registry, and the classical ones against their references.
problem_tests = test_check test_problems test_problems_classic
test_check_SOURCES = %D%/test_check.c %D%/leak.h
test_check_CPPFLAGS = $(criterion_flags)
test_check_LDADD = $(criterion_libs)
if HAVE_CRITERION
check_PROGRAMS += $(problem_tests)
TESTS += $(problem_tests)
endif
nodist_test_problems_SOURCES = src/registry.def
test_problems_SOURCES = %D%/test_problems.c %D%/leak.h
test_problems_CPPFLAGS = $(criterion_flags)
test_problems_LDADD = $(criterion_libs)
test_problems_classic_SOURCES = %D%/test_problems_classic.c %D%/leak.h
test_problems_classic_CPPFLAGS = $(criterion_flags)
test_problems_classic_LDADD = $(criterion_libs)
EXTRA_DIST += %D%/reference/problems.csv

# Claims.
include $(srcdir)/tests/claims.mk

# Networks.
network_tests = test_game test_network_data test_network_layers test_network_learning \
  test_network_reference
if HAVE_CRITERION
check_PROGRAMS += $(network_tests)
TESTS += $(network_tests)
endif
network_test_flags = $(criterion_flags) -I$(top_srcdir)
test_game_SOURCES = %D%/test_game.c %D%/leak.h
test_game_CPPFLAGS = $(criterion_flags)
test_game_LDADD = $(criterion_libs)
test_network_data_SOURCES = %D%/test_network_data.c %D%/leak.h
test_network_data_CPPFLAGS = $(network_test_flags)
test_network_data_LDADD = $(criterion_libs)
test_network_layers_SOURCES = %D%/test_network_layers.c
test_network_layers_CPPFLAGS = $(network_test_flags)
test_network_layers_LDADD = $(criterion_libs)
test_network_learning_SOURCES = %D%/test_network_learning.c %D%/leak.h
test_network_learning_CPPFLAGS = $(network_test_flags)
test_network_learning_LDADD = $(criterion_libs)
test_network_reference_SOURCES = %D%/test_network_reference.c %D%/leak.h
test_network_reference_CPPFLAGS = $(network_test_flags)
test_network_reference_LDADD = $(criterion_libs)
dist_check_SCRIPTS += %D%/cli_data.sh
TESTS += %D%/cli_data.sh
EXTRA_DIST += %D%/fuzz/fuzz_readers.c %D%/fuzz/run.sh
EXTRA_DIST += %D%/reference/networks.py %D%/reference/networks.txt

# Stationarity measures and the methods of non-smooth optimization.
nonsmooth_tests = test_lgi_study test_measure test_minnorm test_optimizers_nonsmooth test_stationarity
if HAVE_CRITERION
check_PROGRAMS += $(nonsmooth_tests)
TESTS += $(nonsmooth_tests)
endif
dist_check_SCRIPTS += %D%/cli_measure.sh
TESTS += %D%/cli_measure.sh
test_lgi_study_SOURCES = %D%/test_lgi_study.c %D%/leak.h
test_lgi_study_CPPFLAGS = $(criterion_flags)
test_lgi_study_LDADD = $(criterion_libs)
test_measure_SOURCES = %D%/test_measure.c %D%/leak.h
test_measure_CPPFLAGS = $(criterion_flags)
test_measure_LDADD = $(criterion_libs)
test_minnorm_SOURCES = %D%/test_minnorm.c %D%/leak.h
test_minnorm_CPPFLAGS = $(criterion_flags)
test_minnorm_LDADD = $(criterion_libs)
test_optimizers_nonsmooth_SOURCES = %D%/test_optimizers_nonsmooth.c %D%/leak.h
test_optimizers_nonsmooth_CPPFLAGS = $(criterion_flags)
test_optimizers_nonsmooth_LDADD = $(criterion_libs)
test_stationarity_SOURCES = %D%/test_stationarity.c %D%/leak.h
test_stationarity_CPPFLAGS = $(criterion_flags)
test_stationarity_LDADD = $(criterion_libs)

# Analysis.
analysis_tests = test_profile test_records test_statistics
analysis_test_flags = $(criterion_flags)
if HAVE_CRITERION
check_PROGRAMS += $(analysis_tests)
TESTS += $(analysis_tests)
endif
EXTRA_DIST += %D%/reference/statistics.py %D%/reference/statistics.txt
test_profile_SOURCES = %D%/test_profile.c %D%/made.h %D%/leak.h
test_profile_CPPFLAGS = $(analysis_test_flags)
test_profile_LDADD = $(criterion_libs)
test_records_SOURCES = %D%/test_records.c %D%/leak.h
test_records_CPPFLAGS = $(analysis_test_flags)
test_records_LDADD = $(criterion_libs)
test_statistics_SOURCES = %D%/test_statistics.c %D%/leak.h
test_statistics_CPPFLAGS = $(analysis_test_flags)
test_statistics_LDADD = $(criterion_libs)

# First-order methods.
optimizer_tests = test_optimizer_vectors test_optimizer_identities test_optimizer_lgi \
  test_optimizer_faults
if HAVE_CRITERION
check_PROGRAMS += $(optimizer_tests)
TESTS += $(optimizer_tests)
endif
play_sources = %D%/play.c %D%/play.h %D%/playground.c
test_optimizer_vectors_SOURCES = %D%/test_optimizer_vectors.c $(play_sources)
test_optimizer_vectors_CPPFLAGS = $(criterion_flags)
test_optimizer_vectors_LDADD = $(criterion_libs)
test_optimizer_identities_SOURCES = %D%/test_optimizer_identities.c $(play_sources)
test_optimizer_identities_CPPFLAGS = $(criterion_flags)
test_optimizer_identities_LDADD = $(criterion_libs)
test_optimizer_lgi_SOURCES = %D%/test_optimizer_lgi.c $(play_sources)
test_optimizer_lgi_CPPFLAGS = $(criterion_flags)
test_optimizer_lgi_LDADD = $(criterion_libs)
test_optimizer_faults_SOURCES = %D%/test_optimizer_faults.c $(play_sources)
test_optimizer_faults_CPPFLAGS = $(criterion_flags)
test_optimizer_faults_LDADD = $(criterion_libs)
EXTRA_DIST += %D%/reference/trajectories.py %D%/reference/trajectories.json %D%/reference/vectors.json
EXTRA_DIST += %D%/reference/field.py %D%/reference/field.json

# The program from outside, with plug-ins compiled as a user would.
plugins = %D%/plugins/heavy_ball.so %D%/plugins/trouble.so
check_DATA += $(plugins)
CLEANFILES += $(plugins)
EXTRA_DIST += %D%/plugins/heavy_ball.c %D%/plugins/trouble.c
.c.so:
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CC) $(CPPFLAGS) $(AM_CPPFLAGS) $(CFLAGS) $(AM_CFLAGS) -fPIC -shared -o $@ $<
dist_check_SCRIPTS += %D%/cli_readme.sh %D%/cli_run.sh
TESTS += %D%/cli_readme.sh %D%/cli_run.sh

# The harness.
harness_tests = test_harness
if HAVE_CRITERION
check_PROGRAMS += $(harness_tests)
TESTS += $(harness_tests)
endif
test_harness_SOURCES = %D%/test_harness.c %D%/leak.h
test_harness_CPPFLAGS = $(criterion_flags)
test_harness_LDADD = $(criterion_libs)

# Everything: the long forms of the tests, the fuzzers, every problem and optimizer checked.
.PHONY: bigcheck
bigcheck: all
	NSOBENCH_BIG=1 $(MAKE) $(AM_MAKEFLAGS) check
	./nsobench check --all
	sh $(srcdir)/tests/fuzz/run.sh "$(abs_top_srcdir)" "$(abs_top_builddir)"

# Learning problems and analytic families.
if HAVE_CRITERION
check_PROGRAMS += test_problems_learning
TESTS += test_problems_learning
endif
test_problems_learning_SOURCES = %D%/test_problems_learning.c %D%/leak.h
test_problems_learning_CPPFLAGS = $(criterion_flags)
test_problems_learning_LDADD = $(criterion_libs)
dist_check_SCRIPTS += %D%/cli_plot.sh
TESTS += %D%/cli_plot.sh
EXTRA_DIST += %D%/made.h
dist_check_SCRIPTS += %D%/cli_tune.sh
TESTS += %D%/cli_tune.sh
