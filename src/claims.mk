# Claims about rates of convergence.
libcore_la_SOURCES += \
  %D%/arm.c \
  %D%/arm.h \
  %D%/claim.c \
  %D%/claim.h \
  %D%/claim_list.c \
  %D%/claim_list.h \
  %D%/cmd_rates.c \
  %D%/compare.c \
  %D%/draw_claim.c \
  %D%/evidence.c \
  %D%/expression.c \
  %D%/expression.h \
  %D%/lgi_claim.c \
  %D%/floor.c \
  %D%/interval.c \
  %D%/rate.c \
  %D%/rate_parts.h \
  %D%/trend.c \
  %D%/trend.h \
  %D%/rate.h \
  %D%/verdict.c
