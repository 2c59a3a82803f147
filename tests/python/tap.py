"""unittest as TAP: a test file ends in `tap.main()`. Also what the tests share."""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest


SANITIZED = "san" in os.environ.get("LD_PRELOAD", "")


def needs(module):
    """Decorator: skips with the reason where a module is not installed."""
    try:
        importlib.import_module(module)
    except ImportError as reason:
        return unittest.skip(f"{sys.executable} has no {module} ({reason})")
    return lambda test: test


def needs_command(name):
    """The same for a command."""
    if shutil.which(name):
        return lambda test: test
    return unittest.skip(f"{name} is not installed")


def program(*arguments, points="", code=0):
    """stdout of the program; the exit code must be as expected."""
    done = subprocess.run(
        [os.environ["NSOBENCH"], *arguments], input=points, capture_output=True, text=True
    )
    assert done.returncode == code, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return done.stdout


def lines(text):
    """The JSON objects of a text, one a line; all numbers as floats, so that -0 keeps its sign."""
    return [json.loads(line, parse_int=float) for line in text.splitlines()]


class Case(unittest.TestCase):
    """A test in an empty folder of its own."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nsobench-python-")
        self.addCleanup(scratch.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(scratch.name)


class _Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def _line(self, outcome, test, rest=""):
        self.number += 1
        name = test.id().replace("__main__.", "")
        print(f"{outcome} {self.number} - {name}{rest}", flush=True)

    def addSuccess(self, test):
        self._line("ok", test)

    def addSkip(self, test, reason):
        self._line("ok", test, f" # SKIP {reason}")

    def _failed(self, test, err):
        self._line("not ok", test)
        for line in self._exc_info_to_string(err, test).splitlines():
            print("# " + line)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._failed(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._failed(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._failed(subtest, err)


def main():
    """Runs the tests of the file that calls it."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = _Result()
    suite.run(result)
    print(f"1..{result.number}")
    sys.exit(0 if result.wasSuccessful() else 1)
