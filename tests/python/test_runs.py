"""Runs from Python: what is run, how refusals arrive, and that tables hold what the records say."""

import io
import os
import signal
import subprocess
import sys
import time
import unittest.mock
import warnings
from pathlib import Path

import numpy as np

import nsobench
import nsobench.table
import tap

TROUBLE = os.path.join(os.path.dirname(os.environ["NSOBENCH"]), "tests/plugins/trouble.so")


def quiet(**arguments):
    return nsobench.run(progress=False, **arguments)


def small(folder="small", **more):
    arguments = dict(problems=["maxq:n=3", ("cb2", {})], optimizers={"adam": {"lr": 0.1}, "s-adam": {}},
                     steps=40, seeds=2, output=folder)
    return quiet(**{**arguments, **more})


class Running(tap.Case):
    def test_the_program_runs_the_same(self):
        runs = small()
        tap.program("run", "-q", "-P", "maxq:n=3", "-P", "cb2", "-O", "adam:lr=0.1", "-O", "s-adam",
                    "--steps", "40", "--seeds", "2", "-o", "shell")
        shell = nsobench.read("shell")
        self.assertEqual([r["key"] for r in runs.records], [r["key"] for r in shell.records])
        self.assertEqual([r["trace"] for r in runs.records], [r["trace"] for r in shell.records])
        self.assertEqual(len(runs), 6)
        self.assertIn("6 budget", repr(runs))

    def test_what_entries_may_be(self):
        for problems in ("maxq:n=3", ("maxq", {"n": 3}), {"maxq": {"n": 3}}, ["maxq:n=3"],
                         nsobench.problem("maxq", n=3), [nsobench.problem("maxq:n=3")]):
            runs = quiet(problems=problems, optimizers="adam", steps=2, output="entries", force=True)
            self.assertEqual(runs.records[0]["problem"]["options"], {"n": 3})
        runs = quiet(problems="chained-*", optimizers=("adam", {"lr": 0.1 + 0.2}), steps=2, output="entries", force=True)
        self.assertEqual({r["optimizer"]["options"]["lr"] for r in runs.records}, {0.1 + 0.2})
        self.assertGreater(len(runs), 5)
        for wrong in (3, [3], nsobench.problem("maxq", instance=1)):
            with self.assertRaises(nsobench.UsageError):
                quiet(problems=wrong, optimizers="adam")

    def test_settings(self):
        runs = quiet(problems="svm:m=40,n=3", optimizers="sgd", instances=range(2), seeds=2, batch=10, epochs=2.5,
                     schedule="cosine", trace="all", measure=["clarke", "score"], record="x", output="s")
        self.assertEqual(len(runs), 4)
        record = runs.records[-1]
        self.assertEqual((record["problem"]["instance"], record["steps"], record["schedule"]), (1, 10, "cosine"))
        self.assertEqual(runs.iterates(3).shape, (11, 3))
        with self.assertRaisesRegex(nsobench.InputError, "record="):
            small().iterates(0)

    def test_a_suite_and_its_name(self):
        runs = quiet(suite="quick", problems="maxq:n=20", optimizers="adam:lr=0.05", seeds=1)
        self.assertEqual(runs.folder, Path("nsobench-out/quick"))
        self.assertEqual(set(runs.runs["suite"]), {"quick"})

    def test_refusals_are_exceptions(self):
        small()
        for kind, says, arguments in (
            (nsobench.UsageError, "did you mean 'maxq'", dict(problems="macq", optimizers="adam")),
            (nsobench.UsageError, "did you mean 's-adam'", dict(problems="maxq", optimizers="s-adan")),
            (nsobench.UsageError, "did you mean '--budget'", dict(problems="maxq", optimizers="adam", budgt=3)),
            (nsobench.UsageError, "seeds", dict(problems="maxq", optimizers="adam", seeds=0)),
            (nsobench.UsageError, "dry_run", dict(problems="maxq", optimizers="adam", dry_run=True)),
            (nsobench.OutputError, "holds a run already", dict(problems="maxq", optimizers="adam", output="small")),
            (nsobench.InputError, "no-such-suite", dict(suite="no-such-suite.json")),
            (nsobench.InputError, "none.so", dict(problems="maxq", optimizers="adam", plugins=["./none.so"])),
        ):
            for progress in (False, True):
                with unittest.mock.patch("sys.stderr", io.StringIO()) as stderr:
                    with self.assertRaisesRegex(kind, says):
                        nsobench.run(progress=progress, **arguments)
                self.assertEqual(stderr.getvalue() if not progress else "", "")
        with unittest.mock.patch.dict(os.environ, NSOBENCH="/no/such/program"):
            with self.assertRaisesRegex(nsobench.OutputError, "/no/such/program"):
                quiet(problems="maxq", optimizers="adam")

    def test_a_failed_run_is_a_record_and_a_warning(self):
        with self.assertWarnsRegex(RuntimeWarning, "did not end well"):
            runs = quiet(problems="maxq", optimizers=["leave", "adam"], plugins=[TROUBLE], steps=3, output="f")
        self.assertEqual(sorted(runs.runs["status"]), ["budget", "crashed"])

    def test_progress_in_logs_terminals_and_notebooks(self):
        class Notebook(io.StringIO):
            pass

        Notebook.__module__ = "ipykernel.iostream"
        for stream, bar in ((io.StringIO(), False), (Notebook(), True)):
            with unittest.mock.patch("sys.stderr", stream):
                nsobench.run(problems="maxq:n=3", optimizers="adam", steps=3, output="p", force=True)
            said = stream.getvalue()
            self.assertIn("1 runs in p: 1 budget", said)
            self.assertEqual("1/1 runs" in said and "\r" in said, bar, said)
            self.assertNotIn("\033[K", said)

    def test_interrupt_keeps_what_is_done(self):
        script = (
            "import nsobench, signal\n"
            # what runs in the background of a shell inherits a SIGINT that is ignored
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            f"nsobench.run(problems='maxq', optimizers=['adam', 'doze'], plugins=[{TROUBLE!r}],"
            " output='i', jobs=1, steps=100000)"
        )
        child = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if os.path.exists("i/runs.jsonl") and os.path.getsize("i/runs.jsonl"):
                break
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=60)[1]
        self.assertIn("KeyboardInterrupt", said)
        status = {r["optimizer"]["name"]: r["status"] for r in nsobench.read("i").records}
        self.assertEqual(status["adam"], "budget", said)
        self.assertNotEqual(status.get("doze", "interrupted"), "budget")


class Reading(tap.Case):
    def check_tables(self, runs):
        table, curves = runs.runs, runs.curves
        records = runs.records
        self.assertEqual(len(table), len(records))
        names = list(table.columns)
        for name in ("problem", "optimizer", "instance", "seed", "status", "gap", "best_gap", "value", "work",
                     "problem.n", "optimizer.lr", "seconds"):
            self.assertIn(name, names)
        for i, record in enumerate(records):
            self.assertEqual(np.asarray(table["problem"])[i], record["problem"]["name"])
            self.assertEqual(np.asarray(table["best_gap"])[i], record["final"]["best_gap"])
            self.assertEqual(np.asarray(table["subgradient"])[i], record["counts"]["subgradient"])
            self.assertEqual(np.asarray(table["optimizer.lr"])[i], record["optimizer"]["options"]["lr"])
            own = np.asarray(curves["run"]) == i
            self.assertEqual(np.asarray(curves["f"])[own].tolist(), record["trace"]["f"])
            self.assertEqual(np.asarray(curves["seconds"])[own].tolist(), record["seconds"]["trace"])
            self.assertEqual(set(np.asarray(curves["optimizer"])[own]), {record["optimizer"]["name"]})
            lgi = np.asarray(curves["lgi"])[own]
            self.assertEqual(bool(np.isnan(lgi).all()), "lgi" not in record["trace"])

    @tap.needs("pandas")
    def test_tables_of_pandas(self):
        import pandas

        runs = small()
        self.check_tables(runs)
        self.assertIsInstance(runs.runs, pandas.DataFrame)
        self.assertIsInstance(runs.curves, pandas.DataFrame)
        self.assertEqual(runs.curves.groupby("run")["best"].min().tolist(), runs.runs["best"].tolist())

    def test_tables_without_pandas(self):
        runs = small()
        with unittest.mock.patch.dict(sys.modules, pandas=None):
            self.check_tables(runs)
        self.assertIsInstance(runs.runs, nsobench.table.Table)
        adam = runs.runs.where(optimizer="adam", problem="cb2")
        self.assertEqual([row["problem"] for row in adam.rows()], ["cb2"])
        self.assertIn("<table>", runs.curves._repr_html_())
        self.assertIn("6 rows of", repr(runs.runs))

    def test_skipped_runs_have_no_curve(self):
        runs = quiet(problems="maxq", optimizers=["prox-gradient", "adam"], steps=3, output="k")
        status = list(runs.runs["status"])
        self.assertEqual(sorted(status), ["budget", "skipped"])
        self.assertEqual(set(runs.curves["run"]), {status.index("budget")})
        self.assertIn("needs a split", list(runs.runs["reason"])[status.index("skipped")])

    def test_torn_foreign_and_missing_files(self):
        small()
        whole = Path("small/runs.jsonl").read_text()
        lines = whole.splitlines()
        for damaged, says in ((whole[:-100], "1 of 6 lines are torn or no JSON and were left out, the first is line 6"),
                              ("\n".join([lines[0], "{]", *lines[2:]]) + "\n", "1 of 6 .* line 2")):
            Path("small/runs.jsonl").write_text(damaged)
            with self.assertWarnsRegex(RuntimeWarning, says):
                self.assertEqual(len(nsobench.read("small")), 5)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            runs = nsobench.read("small")
        with self.assertWarnsRegex(RuntimeWarning, "runs are lost"):
            self.assertIn("maxq", str(runs.summary()))
        Path("small/runs.jsonl").write_text(lines[0].replace("nsobench-run/1.0", "nsobench-run/2.0") + "\n")
        with self.assertRaisesRegex(nsobench.InputError, "schema nsobench-run/2.0, expected nsobench-run/1.x"):
            nsobench.read("small")
        Path("small/runs.jsonl").write_text(whole)
        subprocess.run(["gzip", "small/runs.jsonl"], check=True)
        self.assertEqual(len(nsobench.read("small")), 6)
        for folder in ("none", "."):
            with self.assertRaisesRegex(nsobench.InputError, "expected a folder with runs.jsonl"):
                nsobench.read(folder)
        os.remove("small/manifest.json")
        with self.assertRaisesRegex(nsobench.InputError, "manifest.json"):
            nsobench.read("small").manifest

    def test_summary(self):
        runs = small()
        summary = runs.summary(pairs=True)
        self.assertEqual(str(summary), tap.program("summary", "small", "--pairs"))
        rows = summary.tables["maxq n=3"]
        self.assertEqual(list(rows["runs"]), [1, 2])
        self.assertTrue(np.isinf(list(rows["ert_1e6"])).all())
        self.assertIn("<pre>", summary._repr_html_())
        with self.assertRaisesRegex(nsobench.UsageError, "target"):
            runs.summary(target=-1)
        self.assertEqual(runs.manifest["workers"] >= 1, True)

    @tap.needs_command("gnuplot")
    def test_pictures_show_themselves(self):
        runs = small()
        one = runs.plot("convergence")
        self.assertIn("<svg", one._repr_svg_())
        self.assertTrue(one._repr_png_().startswith(b"\x89PNG"))
        self.assertIsNone(one._repr_html_())
        self.assertEqual(one[0].path, Path("small/plots/convergence.svg"))
        two = runs.plot(["convergence", "ecdf"], output="elsewhere")
        self.assertEqual(two._repr_html_().count("<svg"), 2)
        self.assertTrue(Path("elsewhere/ecdf.png").exists())
        report = runs.report()
        self.assertIn("<html", Path(report).read_text().lower())
        self.assertIn("report.html", report._repr_html_())

    def test_pictures_that_cannot_be(self):
        runs = small()
        with self.assertRaisesRegex(nsobench.UsageError, "convergence"):
            runs.plot("convergense")
        with self.assertRaisesRegex(nsobench.InputError, "nothing to draw"):
            runs.plot("trajectory")
        with unittest.mock.patch.dict(os.environ, GNUPLOT="/no/such/gnuplot"):
            with self.assertRaises(nsobench.OutputError):
                runs.plot()


if __name__ == "__main__":
    warnings.simplefilter("error", ResourceWarning)
    tap.main()
