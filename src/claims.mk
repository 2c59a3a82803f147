# Claims about rates of convergence.
libcore_la_SOURCES += \
  %D%/rate.c \
  %D%/rate.h
