# Claims about rates of convergence.
claim_tests = test_expression test_rate
if HAVE_CRITERION
check_PROGRAMS += $(claim_tests)
TESTS += $(claim_tests)
endif
test_expression_SOURCES = %D%/test_expression.c %D%/leak.h
test_expression_CPPFLAGS = $(criterion_flags)
test_expression_LDADD = $(criterion_libs)
test_rate_SOURCES = %D%/test_rate.c %D%/leak.h
test_rate_CPPFLAGS = $(criterion_flags)
test_rate_LDADD = $(criterion_libs)

# Mutants: claims must fail for methods that are broken.
mutants = %D%/plugins/mutants.so
check_DATA += $(mutants)
CLEANFILES += $(mutants)
EXTRA_DIST += %D%/plugins/mutants.c
dist_check_SCRIPTS += %D%/cli_rates.sh
TESTS += %D%/cli_rates.sh
