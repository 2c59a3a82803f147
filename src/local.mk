include_HEADERS += %D%/nsobench.h
noinst_LTLIBRARIES += libcore.la
libcore_la_SOURCES = %D%/core.h %D%/nsobench.h \
  %D%/why.c %D%/option.c %D%/registry.c %D%/random.c %D%/data.c \
  %D%/pieces.c %D%/instance.c \
  $(harness_sources) \
  $(analysis_sources) \
  $(measuring_sources) \
  $(problem_sources) $(problem_kernels) $(optimizer_sources) $(optimizer_kernels) \
  $(problem_family_sources) $(optimizer_family_sources)
nodist_libcore_la_SOURCES = %D%/registry.def %D%/build.h

# The registry is the lists of sources and nothing else.
BUILT_SOURCES += %D%/registry.def
CLEANFILES += %D%/registry.def
%D%/registry.def: Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { \
	  for f in $(problem_sources); do echo "PROBLEM(`basename $$f .c`)"; done; \
	  for m in $(problem_families); do echo "PROBLEM($$m)"; done; \
	  for f in $(optimizer_sources); do echo "OPTIMIZER(`basename $$f .c`)"; done; \
	  for m in $(optimizer_families); do echo "OPTIMIZER($$m)"; done; \
	} > $@-t && mv $@-t $@

# Where this build lies and what state of the source it is: in one header, so that the other files compile
# the same wherever the tree stands.
BUILT_SOURCES += %D%/build.h
CLEANFILES += %D%/build.h
%D%/build.h: Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { \
	  echo '#define PKGDATADIR "$(pkgdatadir)"'; \
	  echo '#define SOURCEDIR "$(abs_top_srcdir)"'; \
	  echo '#define GIT_ID "$(git_id)"'; \
	} > $@-t && mv $@-t $@

include $(srcdir)/src/claims.mk

# From a plan to records, and the commands.
harness_sources = \
  %D%/cell.c \
  %D%/game.c %D%/game.h \
  %D%/cmd.h \
  %D%/cmd_check.c \
  %D%/cmd_data.c \
  %D%/cmd_doctor.c \
  %D%/cmd_eval.c \
  %D%/cmd_lgi.c \
  %D%/cmd_lgi_runs.c \
  %D%/cmd_list.c \
  %D%/cmd_measure.c \
  %D%/cmd_merge.c \
  %D%/cmd_run.c \
  %D%/cmd_show.c \
  %D%/listing.h \
  %D%/manifest.c \
  %D%/manifest.h \
  %D%/oracle.c \
  %D%/choice.c \
  %D%/plan.c \
  %D%/planner.c \
  %D%/suite.h \
  %D%/suite_file.c \
  %D%/suite_settings.c \
  %D%/plan.h \
  %D%/pool.c \
  %D%/pool.h \
  %D%/progress.c \
  %D%/progress.h \
  %D%/record.c \
  %D%/record.h \
  %D%/schedule.c \
  %D%/suite.c \
  %D%/text.c \
  %D%/text.h \
  %D%/trace.c \
  %D%/trace.h \
  %D%/watch.c \
  %D%/watch.h \
  %D%/wide.h

bin_PROGRAMS += nsobench
nsobench_SOURCES = %D%/main.c
nsobench_LDADD = libcore.la $(LIBS_ALL)
nsobench_LDFLAGS = $(AM_LDFLAGS) -export-dynamic

# The analysis: reads records, never a run in progress.
analysis_sources = \
  %D%/analysis.h \
  %D%/arena.c \
  %D%/cmd_compare.c \
  %D%/cmd_plot.c \
  %D%/cmd_report.c \
  %D%/cmd_summary.c \
  %D%/cmd_tune.c \
  %D%/command.c \
  %D%/draw_curves.c \
  %D%/draw_profiles.c \
  %D%/draw_sensitivity.c \
  %D%/draw_tables.c \
  %D%/draw_network.c \
  %D%/draw_trajectory.c \
  %D%/figure.c \
  %D%/kinds.c \
  %D%/labels.c \
  %D%/page.h \
  %D%/panels.c \
  %D%/pictures.h \
  %D%/profile.c \
  %D%/profile.h \
  %D%/ranktest.c \
  %D%/records.c \
  %D%/records_order.c \
  %D%/report.c \
  %D%/report.h \
  %D%/scan.c \
  %D%/statistics.c \
  %D%/statistics.h \
  %D%/study.c \
  %D%/summary.c \
  %D%/table.c \
  %D%/tables.c \
  %D%/tables.h \
  %D%/tune.c \
  %D%/tune.h

# Checks of problems and optimizers.
libcore_la_SOURCES += %D%/check.h %D%/probe.h \
  %D%/check.c %D%/check_slope.c %D%/check_pieces.c %D%/check_parts.c %D%/check_optimizer.c

# The stationarity measures.
measuring_sources = \
  %D%/diameter.c \
  %D%/lgi_runs.c \
  %D%/lgi_study.c \
  %D%/lgi_study.h \
  %D%/measure.c \
  %D%/measures.c \
  %D%/measure.h \
  %D%/minkowski.c \
  %D%/minnorm.c \
  %D%/moreau.c \
  %D%/points.c \
  %D%/points.h \
  %D%/simplices.c \
  %D%/stationarity.c \
  %D%/summands.h \
  %D%/support.c
EXTRA_DIST += docs/lgi.md docs/lgi.png docs/lgi-runs.png
