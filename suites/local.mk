# suites
