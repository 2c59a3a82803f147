"""The package as such: its version, a wheel and an sdist made offline, examples, where things are found."""

import ast
import os
import re
import shutil
import subprocess
import sys
import unittest
import unittest.mock
import zipfile
from pathlib import Path

import nsobench
import nsobench.find
import nsobench.function
import nsobench.library
import tap

SOURCE = Path(nsobench.__file__).resolve().parents[2]


def python(*arguments, **environment):
    """stdout of this Python; environment variables over those of the test, None takes one away."""
    variables = {k: v for k, v in {**os.environ, **environment}.items() if v is not None}
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=variables)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


class Package(tap.Case):
    def test_version_is_the_programs_and_the_librarys(self):
        self.assertEqual("nsobench " + nsobench.__version__, tap.program("--version").strip())
        self.assertEqual(nsobench.library.load().version().decode(), nsobench.__version__)

    def test_import_loads_nothing(self):
        loaded = python("-c", "import nsobench, sys; print(nsobench.__all__); print('numpy' in sys.modules)")
        self.assertEqual(loaded.split()[-1], "False")

    def test_every_name_has_its_home(self):
        for name in nsobench.__all__:
            self.assertIsNotNone(getattr(nsobench, name), name)
        self.assertIn("problem", dir(nsobench))
        self.assertIs(nsobench.problem, nsobench.function.problem)

    def test_every_public_name_is_documented_and_typed(self):
        import inspect

        for kind in (nsobench.Problem, nsobench.Runs):
            for name, member in inspect.getmembers(kind):
                if not name.startswith("_"):
                    self.assertTrue(inspect.getdoc(member), f"{kind.__name__}.{name}")
        for function in (nsobench.problem, nsobench.problems, nsobench.run, nsobench.read):
            hints = inspect.signature(function)
            self.assertIsNot(hints.return_annotation, inspect.Signature.empty, function)

    @tap.needs("setuptools")
    @tap.needs("wheel")
    @tap.needs("pip")
    @unittest.skipIf(tap.SANITIZED, "pip under a sanitizer")
    def test_wheel_is_made_offline_and_works(self):
        shutil.copytree(SOURCE / "python", "python", ignore=shutil.ignore_patterns("__pycache__"))
        subprocess.run(["chmod", "-R", "u+w", "python"], check=True)
        python("-m", "pip", "--disable-pip-version-check", "wheel", "--no-build-isolation", "--no-deps",
               "--no-index", "-w", "wheels", "./python", PYTHONPATH=None)
        (wheel,) = Path("wheels").glob("nsobench-*.whl")
        self.assertEqual(wheel.name, f"nsobench-{nsobench.__version__}-py3-none-any.whl")
        with zipfile.ZipFile(wheel) as archive:
            held = {Path(n).name for n in archive.namelist() if n.startswith("nsobench/")}
            archive.extractall("site")
        own = {p.name for p in (SOURCE / "python" / "nsobench").iterdir() if p.suffix in (".py", ".typed")}
        self.assertEqual(held, own)
        self.assertEqual(
            python("-c", "import nsobench; print(nsobench.problem('maxq', n=3).value([1, 2, 3]))",
                   PYTHONPATH="site").strip(), "9.0")

    @tap.needs("build")
    @tap.needs("setuptools")
    @tap.needs("wheel")
    @unittest.skipIf(tap.SANITIZED, "build under a sanitizer")
    def test_sdist_is_made_offline(self):
        shutil.copytree(SOURCE / "python", "python", ignore=shutil.ignore_patterns("__pycache__"))
        subprocess.run(["chmod", "-R", "u+w", "python"], check=True)
        python("-m", "build", "--no-isolation", "--sdist", "python", PYTHONPATH=None)
        (sdist,) = Path("python/dist").glob("*.tar.gz")
        held = subprocess.run(["tar", "tzf", sdist], capture_output=True, text=True, check=True).stdout
        self.assertIn("nsobench/function.py", held)
        self.assertIn("pyproject.toml", held)


class Found(tap.Case):
    """Program and library lie beside the package, in an installation as in a build folder."""

    def layout(self, *files):
        site = Path("prefix/lib/python3.11/site-packages")
        shutil.copytree(SOURCE / "python" / "nsobench", site / "nsobench")
        for link, target in files:
            Path(link).parent.mkdir(parents=True, exist_ok=True)
            os.symlink(os.environ[target], link)
        return python("-c", "import nsobench.find as f; print(f.program()); print(f.library())",
                      PYTHONPATH=str(site), NSOBENCH=None, NSOBENCH_LIBRARY=None).split()

    def test_installed(self):
        here = str(Path.cwd().resolve())
        found = self.layout(("prefix/bin/nsobench", "NSOBENCH"),
                            ("prefix/lib/libnsobench.so.0", "NSOBENCH_LIBRARY"))
        self.assertEqual(found, [here + "/prefix/bin/nsobench", here + "/prefix/lib/libnsobench.so.0"])

    def test_installed_the_debian_way(self):
        found = self.layout(("prefix/bin/nsobench", "NSOBENCH"),
                            ("prefix/lib/x86_64-linux-gnu/libnsobench.so.0", "NSOBENCH_LIBRARY"))
        self.assertTrue(found[1].endswith("/prefix/lib/x86_64-linux-gnu/libnsobench.so.0"), found)

    def test_beside_the_program_that_is_named(self):
        with unittest.mock.patch.dict(os.environ):
            del os.environ["NSOBENCH_LIBRARY"]
            own = Path(os.environ["NSOBENCH"]).parent / ".libs" / "libnsobench.so.0"
            self.assertEqual(Path(nsobench.find.library()).resolve(), own.resolve())

    def test_a_library_that_is_none(self):
        Path("broken.so").write_text("no library")
        with unittest.mock.patch.dict(os.environ, NSOBENCH_LIBRARY="broken.so"):
            with self.assertRaisesRegex(nsobench.OutputError, "cannot be loaded"):
                nsobench.library.Library(nsobench.find.library())


def missing(file):
    """The reason why an example cannot run here: a module that it imports and that is no part of the package."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or node.col_offset:
            continue  # one within a block is the example's own care
        for name in [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]:
            done = subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, text=True)
            lacks = re.search(r"No module named '(?!nsobench\b)([\w.]+)'", done.stderr)
            if done.returncode and lacks:
                return f"{sys.executable} has no {lacks[1]}"
    return None


class Examples(tap.Case):
    """One test an example."""

    def test_there_are_examples(self):
        self.assertGreaterEqual(len(list((SOURCE / "examples").glob("*.py"))), 2)

    def test_what_is_missing_is_named(self):
        for line, reason in (("import numpy\n", None), ("import absent_module\n", "absent_module"),
                             ("from absent_module import x\n", "absent_module"),
                             ("try:\n    import absent_module\nexcept ImportError:\n    pass\n", None),
                             ("import nsobench.absent_module\n", None)):
            Path("example.py").write_text(line)
            found = missing(Path("example.py"))
            self.assertEqual(found and found.split()[-1], reason, line)


def example(file):
    def test(self):
        reason = missing(file)
        if reason:
            self.skipTest(reason)
        self.assertTrue(python(str(file)).strip())

    return test


for path in sorted((SOURCE / "examples").glob("*.py")):
    setattr(Examples, f"test_{path.stem}", example(path))


if __name__ == "__main__":
    tap.main()
