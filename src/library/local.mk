# The problems for other programs. Of the objects of the program only what starts with nsobench_ shows.
# -version-info: a change inside is :+1:; a new function +1:0:+1; a function gone or changed +1:0:0.
include_HEADERS += src/libnsobench.h
lib_LTLIBRARIES += libnsobench.la
libnsobench_la_SOURCES = %D%/libnsobench.c src/libnsobench.h
libnsobench_la_LIBADD = libcore.la $(LIBS_ALL)
libnsobench_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined \
  -export-symbols-regex '^nsobench_'
