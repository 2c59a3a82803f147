bashcompletiondir = $(datadir)/bash-completion/completions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
EXTRA_DIST += %D%/nsobench.bash %D%/nsobench.fish
install-data-local:
	$(MKDIR_P) "$(DESTDIR)$(bashcompletiondir)" "$(DESTDIR)$(fishcompletiondir)"
	$(INSTALL_DATA) $(srcdir)/completion/nsobench.bash "$(DESTDIR)$(bashcompletiondir)/nsobench"
	$(INSTALL_DATA) $(srcdir)/completion/nsobench.fish "$(DESTDIR)$(fishcompletiondir)/nsobench.fish"
uninstall-local:
	rm -f "$(DESTDIR)$(bashcompletiondir)/nsobench" "$(DESTDIR)$(fishcompletiondir)/nsobench.fish"
