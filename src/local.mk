include_HEADERS += %D%/nsobench.h %D%/wide.h
noinst_LTLIBRARIES += libcore.la
nodist_libcore_la_SOURCES = %D%/registry.def %D%/build.h %D%/tables.h
libcore_la_SOURCES = $(room_sources) \
  $(problem_sources) $(problem_kernels) $(optimizer_sources) $(optimizer_kernels) \
  $(problem_family_sources) $(optimizer_family_sources)

bin_PROGRAMS += nsobench
nsobench_SOURCES = %D%/main.c
nsobench_LDADD = libcore.la $(LIBS_ALL)
nsobench_LDFLAGS = $(AM_LDFLAGS) -export-dynamic

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

# To add a row to a table of the harness: write the constant (measure_NAME, ...), name it here.
measure_names = clarke goldstein prox_gradient moreau directional diameter lgi score \
  lgi_variance lgi_residual lgi_curvature diameter_nearby kink_distance
picture_names = convergence stationarity score ecdf performance_profile data_profile pairwise ert trajectory \
  regions weights critical_difference heatmap sensitivity step
test_names = bound factor equals power linear level below correlates
command_names = run summary plot report compare tune rates list show eval measure check merge data doctor
BUILT_SOURCES += %D%/tables.h
CLEANFILES += %D%/tables.h
%D%/tables.h: Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { \
	  echo '#define MEASURES(ROW)'; for n in $(measure_names); do echo "  ROW($$n)"; done; \
	  echo '#define PICTURES(ROW)'; for n in $(picture_names); do echo "  ROW($$n)"; done; \
	  echo '#define TESTS(ROW)'; for n in $(test_names); do echo "  ROW($$n)"; done; \
	  echo '#define COMMANDS(ROW)'; for n in $(command_names); do echo "  ROW($$n)"; done; \
	} | awk '/^#/ { printf "%s%s", n++ ? "\n" : "", $$0; next } { printf " %s", $$1 } END { print "" }' \
	> $@-t && mv $@-t $@

# Where this build lies and what state of the source it is: in one header, so that the other files compile
# the same wherever the tree stands.
BUILT_SOURCES += %D%/build.h
CLEANFILES += %D%/build.h
%D%/build.h: Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { \
	  echo '#define PKGDATADIR "$(pkgdatadir)"'; \
	  echo '#define SOURCEDIR "$(abs_top_srcdir)"'; \
	  echo '#define GIT_ID "$(git_id)"'; \
	  echo '#define PYTHON "$(plugin_python)"'; \
	  echo '#define PYTHONDIR "$(pythondir)"'; \
	} > $@-t && mv $@-t $@

# `make nsobench` works in a clean tree: whoever is compiled first finds the generated headers.
$(libcore_la_OBJECTS) $(nsobench_OBJECTS): | %D%/registry.def %D%/tables.h %D%/build.h

# The rooms, from the ground up; a room includes and calls its own and those above it in this list.
room_sources = \
  %D%/ground/arena.c \
  %D%/ground/arena.h \
  %D%/ground/arithmetic.c \
  %D%/ground/arithmetic.h \
  %D%/ground/calls.c \
  %D%/ground/calls.h \
  %D%/ground/data.c \
  %D%/ground/data.h \
  %D%/ground/entry.c \
  %D%/ground/entry.h \
  %D%/ground/expression.c \
  %D%/ground/expression.h \
  %D%/ground/files.c \
  %D%/ground/files.h \
  %D%/ground/find.c \
  %D%/ground/find.h \
  %D%/ground/grow.c \
  %D%/ground/grow.h \
  %D%/ground/instance.c \
  %D%/ground/instance.h \
  %D%/ground/json.c \
  %D%/ground/json.h \
  %D%/ground/lines.c \
  %D%/ground/lines.h \
  %D%/ground/number.c \
  %D%/ground/number.h \
  %D%/ground/option.c \
  %D%/ground/option.h \
  %D%/ground/origin.c \
  %D%/ground/origin.h \
  %D%/ground/pieces.c \
  %D%/ground/pieces.h \
  %D%/ground/quote.c \
  %D%/ground/quote.h \
  %D%/ground/random.c \
  %D%/ground/random.h \
  %D%/ground/registry.c \
  %D%/ground/registry.h \
  %D%/ground/scan.c \
  %D%/ground/scan.h \
  %D%/ground/table.c \
  %D%/ground/table.h \
  %D%/ground/text.c \
  %D%/ground/text.h \
  %D%/ground/why.c \
  %D%/ground/why.h \
  %D%/ground/words.c \
  %D%/ground/words.h \
  %D%/measure/diameter.c \
  %D%/measure/instability.c \
  %D%/measure/kink.c \
  %D%/measure/measure.c \
  %D%/measure/measure.h \
  %D%/measure/measures.c \
  %D%/measure/measures.h \
  %D%/measure/minkowski.c \
  %D%/measure/minnorm.c \
  %D%/measure/moreau.c \
  %D%/measure/simplices.c \
  %D%/measure/stationarity.c \
  %D%/measure/stationarity.h \
  %D%/measure/summands.c \
  %D%/measure/summands.h \
  %D%/measure/support.c \
  %D%/run/allowance.c \
  %D%/run/allowance.h \
  %D%/run/apart.c \
  %D%/run/apart.h \
  %D%/run/cell.c \
  %D%/run/cell.h \
  %D%/run/channel.c \
  %D%/run/channel.h \
  %D%/run/choice.c \
  %D%/run/describe.c \
  %D%/run/ending.c \
  %D%/run/ending.h \
  %D%/run/game.c \
  %D%/run/game.h \
  %D%/run/keys.c \
  %D%/run/keys.h \
  %D%/run/kin.c \
  %D%/run/kin.h \
  %D%/run/lines.c \
  %D%/run/lines.h \
  %D%/run/manifest.c \
  %D%/run/manifest.h \
  %D%/run/oracle.c \
  %D%/run/oracle.h \
  %D%/run/parcel.c \
  %D%/run/parcel.h \
  %D%/run/plan.c \
  %D%/run/plan.h \
  %D%/run/planner.c \
  %D%/run/plugin.c \
  %D%/run/plugin.h \
  %D%/run/pool.c \
  %D%/run/pool.h \
  %D%/run/process.c \
  %D%/run/process.h \
  %D%/run/program.c \
  %D%/run/program.h \
  %D%/run/program_load.c \
  %D%/run/program_method.c \
  %D%/run/program_problem.c \
  %D%/run/progress.c \
  %D%/run/progress.h \
  %D%/run/queue.c \
  %D%/run/queue.h \
  %D%/run/record.c \
  %D%/run/record.h \
  %D%/run/resume.c \
  %D%/run/resume.h \
  %D%/run/schedule.c \
  %D%/run/schedule.h \
  %D%/run/settings.c \
  %D%/run/settings.h \
  %D%/run/settings_in.c \
  %D%/run/settings_out.c \
  %D%/run/suite.c \
  %D%/run/trace.c \
  %D%/run/trace.h \
  %D%/run/watch.c \
  %D%/run/watch.h \
  %D%/run/wire.c \
  %D%/run/wire.h \
  %D%/run/worker.c \
  %D%/run/worker.h \
  %D%/check/check.c \
  %D%/check/check.h \
  %D%/check/optimizer.c \
  %D%/check/parts.c \
  %D%/check/pieces.c \
  %D%/check/probe.c \
  %D%/check/probe.h \
  %D%/check/saddle.c \
  %D%/check/slope.c \
  %D%/analysis/floor.c \
  %D%/analysis/interval.c \
  %D%/analysis/choose.c \
  %D%/analysis/choose.h \
  %D%/analysis/curves.c \
  %D%/analysis/head.c \
  %D%/analysis/labels.c \
  %D%/analysis/order.c \
  %D%/analysis/profile.c \
  %D%/analysis/profile.h \
  %D%/analysis/ranktest.c \
  %D%/analysis/ranking.c \
  %D%/analysis/ranking.h \
  %D%/analysis/rate.c \
  %D%/analysis/rate.h \
  %D%/analysis/rate_parts.h \
  %D%/analysis/reader.h \
  %D%/analysis/records.c \
  %D%/analysis/records.h \
  %D%/analysis/statistics.c \
  %D%/analysis/statistics.h \
  %D%/analysis/study.c \
  %D%/analysis/study.h \
  %D%/analysis/summary.c \
  %D%/analysis/reference.c \
  %D%/analysis/reference.h \
  %D%/analysis/shared.c \
  %D%/analysis/split.c \
  %D%/analysis/tables.c \
  %D%/analysis/tables.h \
  %D%/analysis/trend.c \
  %D%/analysis/trend.h \
  %D%/study/arm.c \
  %D%/study/arm.h \
  %D%/study/claim.c \
  %D%/study/claim.h \
  %D%/study/claim_list.c \
  %D%/study/claim_list.h \
  %D%/study/evidence.c \
  %D%/study/unfold.c \
  %D%/study/unfold.h \
  %D%/study/quantity.c \
  %D%/study/finding.c \
  %D%/study/impostor.c \
  %D%/study/impostor.h \
  %D%/study/kind.h \
  %D%/study/kinds/below.c \
  %D%/study/kinds/bound.c \
  %D%/study/kinds/correlates.c \
  %D%/study/kinds/equals.c \
  %D%/study/kinds/factor.c \
  %D%/study/kinds/kinds.c \
  %D%/study/kinds/level.c \
  %D%/study/kinds/rate.c \
  %D%/study/outcome.c \
  %D%/study/tune.c \
  %D%/study/tune.h \
  %D%/study/tuned.c \
  %D%/picture/draw_claim.c \
  %D%/picture/draw_claim.h \
  %D%/picture/draw_curves.c \
  %D%/picture/draw_ecdf.c \
  %D%/picture/draw_network.c \
  %D%/picture/draw_profiles.c \
  %D%/picture/draw_sensitivity.c \
  %D%/picture/draw_tables.c \
  %D%/picture/draw_trajectory.c \
  %D%/picture/embed.c \
  %D%/picture/embed.h \
  %D%/picture/figure.c \
  %D%/picture/figure.h \
  %D%/picture/gnuplot.c \
  %D%/picture/kinds.c \
  %D%/picture/panels.c \
  %D%/picture/pictures.h \
  %D%/picture/report.c \
  %D%/picture/report.h \
  %D%/picture/report_curves.c \
  %D%/picture/report_curves.h \
  %D%/picture/report_data.c \
  %D%/picture/report_data.h \
  %D%/picture/report_notes.c \
  %D%/picture/report_notes.h \
  %D%/picture/style.c \
  %D%/picture/style.h \
  %D%/picture/thin.c \
  %D%/picture/thin.h \
  %D%/command/arguments.c \
  %D%/command/arguments.h \
  %D%/command/check.c \
  %D%/command/command.c \
  %D%/command/command.h \
  %D%/command/compare.c \
  %D%/command/data.c \
  %D%/command/doctor.c \
  %D%/command/eval.c \
  %D%/command/list.c \
  %D%/command/listing.h \
  %D%/command/measure.c \
  %D%/command/measures.c \
  %D%/command/merge.c \
  %D%/command/merge.h \
  %D%/command/merge_sources.c \
  %D%/command/page.c \
  %D%/command/page.h \
  %D%/command/plot.c \
  %D%/command/points.c \
  %D%/command/points.h \
  %D%/command/rates.c \
  %D%/command/report.c \
  %D%/command/run.c \
  %D%/command/say.c \
  %D%/command/say.h \
  %D%/command/show.c \
  %D%/command/summary.c \
  %D%/command/tune.c \
  %D%/command/verdicts.c \
  %D%/command/verdicts.h
EXTRA_DIST += docs/lgi.md docs/lgi.png docs/lgi-runs.png
EXTRA_DIST += docs/which-optimizer.md docs/which-optimizer.png docs/houses.csv
