bashcompletiondir = $(datadir)/bash-completion/completions
EXTRA_DIST += %D%/nsobench.bash
install-data-local:
	$(MKDIR_P) "$(DESTDIR)$(bashcompletiondir)"
	$(INSTALL_DATA) $(srcdir)/completion/nsobench.bash "$(DESTDIR)$(bashcompletiondir)/nsobench"
uninstall-local:
	rm -f "$(DESTDIR)$(bashcompletiondir)/nsobench"
