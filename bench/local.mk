# Benchmarks are programs, never timed tests: `make bench` builds and runs them all, one after the
# other. To add one: write bench/bench_X.c and name it here. Scripts get the build folder as $1.
bench_programs = \
  bench/bench_networks \
  bench/bench_optimizers \
  bench/bench_oracle \
  bench/bench_problems
bench_scripts = \
  $(srcdir)/bench/bench_program.sh \
  $(srcdir)/bench/bench_python.sh \
  $(srcdir)/bench/bench_quick.sh \
  $(srcdir)/bench/bench_records.sh \
  $(srcdir)/bench/bench_solvers.sh \
  $(srcdir)/bench/bench_torch.sh

EXTRA_PROGRAMS += $(bench_programs) bench/make_records
CLEANFILES += $(bench_programs) bench/make_records
EXTRA_DIST += bench/bench_records.sh
EXTRA_DIST += bench/bench_quick.sh bench/bench_python.sh bench/python_calls.py
EXTRA_DIST += bench/bench_torch.sh bench/torch_step.py
EXTRA_DIST += bench/torch_networks.py
EXTRA_DIST += bench/bench_solvers.sh bench/solvers.py
EXTRA_DIST += bench/bench_program.sh bench/program_step.py
bench_bench_networks_SOURCES = %D%/bench_networks.c
bench_bench_networks_LDADD = libcore.la $(LIBS_ALL)
bench_bench_optimizers_SOURCES = %D%/bench_optimizers.c
bench_bench_optimizers_LDADD = libcore.la $(LIBS_ALL)
bench_bench_oracle_SOURCES = %D%/bench_oracle.c
bench_bench_oracle_LDADD = libcore.la $(LIBS_ALL)
bench_bench_problems_SOURCES = %D%/bench_problems.c
bench_bench_problems_LDADD = libcore.la $(LIBS_ALL)

bench_make_records_SOURCES = %D%/make_records.c
bench_make_records_LDADD = -lm

.PHONY: bench
bench: all $(bench_programs) bench/make_records tests/plugins/heavy_ball.so
	@for p in $(bench_programs); do echo "== $$p"; $$p || exit 1; done
	@for s in $(bench_scripts); do echo "== $$s"; sh $$s "$(abs_top_builddir)" "$(abs_top_srcdir)" || exit 1; done

# The page of our methods beside those of other libraries.
.PHONY: solvers
solvers: all
	@sh $(srcdir)/bench/bench_solvers.sh "$(abs_top_builddir)" "$(abs_top_srcdir)" "$(abs_top_srcdir)/docs/solvers.md"
