# Claims about rates of convergence.
claim_tests = test_rate
if HAVE_CRITERION
check_PROGRAMS += $(claim_tests)
TESTS += $(claim_tests)
endif
test_rate_SOURCES = %D%/test_rate.c %D%/leak.h
test_rate_CPPFLAGS = $(criterion_flags)
test_rate_LDADD = $(criterion_libs)
