"""Problems in the process: the same bits as `nsobench eval`, errors, and what scipy and torch make of them."""

import copy
import gc
import pickle

import numpy as np

import nsobench
import tap


def point(x):
    return " ".join(repr(float(v)) for v in x)


def bits(x):
    """What must agree; the program prints NaN and infinities alike as null."""
    x = np.asarray(x, dtype=float)
    return np.where(np.isfinite(x), x, np.nan).tobytes()


class Values(tap.Case):
    def test_every_problem_has_the_programs_bits(self):
        compared = 0
        for name in nsobench.problems():
            for instance in (0, 1):
                try:
                    f = nsobench.problem(name, instance)
                except nsobench.InputError:  # its data file is not here
                    continue
                if f.n > 2000:
                    continue
                x = f.start(seed=3)
                points = [x, x + 0.1 * np.cos(np.arange(f.n)), np.round(x)]
                said = tap.lines(
                    tap.program(
                        "eval", name, "--instance", str(instance), points="\n".join(map(point, points))
                    )
                )
                for x, line in zip(points, said):
                    value, g = f.subgradient(x)
                    self.assertEqual(bits(value), bits(line["f"]), (name, instance))
                    self.assertEqual(bits(g), bits(line["g"]), (name, instance))
                    self.assertEqual(bits(f.value(x)), bits(f(x)), (name, instance))
                compared += 1
        self.assertGreater(compared, 200)

    def test_start_and_minimizer_are_the_programs(self):
        for name in ("maxq", "chained-lq", "maxquad", "nonsmooth-rosenbrock", "phase-retrieval", "svm"):
            for instance in (0, 2):
                f = nsobench.problem(name, instance)
                words = ["start"] + ["minimizer"] * (f.facts["minimizer"] is not None)
                arguments = ("eval", name, "--instance", str(instance), "--seed", "5")
                said = tap.lines(tap.program(*arguments, points="\n".join(words)))
                self.assertEqual(bits(f.value(f.start(seed=5))), bits(said[0]["f"]), name)
                if len(words) == 2:
                    self.assertEqual(bits(f.value(f.facts["minimizer"])), bits(said[1]["f"]), name)

    def test_pieces_are_the_programs(self):
        for name in ("maxq:n=4", "l1-norm:n=5", "maxquad", "chained-cb3-1:n=6", "cb2"):
            f = nsobench.problem(name)
            x = np.zeros(f.n)
            (said,) = tap.lines(tap.program("eval", name, "--pieces", points=point(x)))
            self.assertEqual(bits(f.pieces(x)), bits(said["pieces"]), name)
            base, summands = f.subdifferential(x)
            self.assertEqual(bits(base), bits(said["base"]), name)
            self.assertEqual(
                [(s.kind, s.rows.tolist()) for s in summands],
                [next(iter(s.items())) for s in said["summands"]],
                name,
            )

    def test_pieces_that_are_no_polytope(self):
        f = nsobench.problem("max-eigenvalue")
        x = f.facts["minimizer"] if f.facts["minimizer"] is not None else f.start()
        kinds = {s.kind for s in f.subdifferential(x, tolerance=10)[1]}
        self.assertIn("spectral", kinds)
        with self.assertRaisesRegex(ValueError, "no hull of at most"):
            f.pieces(x, tolerance=10)
        with self.assertRaisesRegex(ValueError, "does not tell"):
            nsobench.problem("mlp:width=4,rows=20,test=10").pieces(np.zeros(3210))

    def test_a_batch_is_a_mean_of_terms(self):
        f = nsobench.problem("svm", m=30, n=4)
        x = f.start() + 0.3
        each = [f.batch([i], x) for i in range(30)]
        value, g = f.subgradient(x)
        self.assertAlmostEqual(np.mean([v for v, _ in each]), value, delta=1e-13)
        np.testing.assert_allclose(np.mean([h for _, h in each], axis=0), g, atol=1e-13)
        twice, _ = f.batch(np.array([3, 3, 7]), x)
        self.assertAlmostEqual(twice, (2 * each[3][0] + each[7][0]) / 3, delta=1e-13)
        for wrong, says in (([30], "term 30, expected 0 to 29"), ([-1], "term -1"), ([], "no terms"),
                            ([0.5], "whole numbers")):
            with self.assertRaisesRegex(ValueError, says):
                f.batch(wrong, x)
        with self.assertRaisesRegex(ValueError, "not a sum of terms"):
            nsobench.problem("maxq").batch([0], np.zeros(20))

    def test_prox_lasso_is_soft_thresholding(self):
        f = nsobench.problem("lasso")
        v = np.linspace(-2, 2, f.n)
        weight = f.value(np.eye(f.n)[0]) - f.smooth(np.eye(f.n)[0])[0]  # h(e_1) = lambda
        p = f.prox(v, t=0.5)
        np.testing.assert_allclose(p, np.sign(v) * np.maximum(abs(v) - 0.5 * weight, 0), atol=1e-12)
        for t in (0, -1, np.nan, np.inf):
            with self.assertRaisesRegex(ValueError, "expected a number above 0"):
                f.prox(v, t=t)
        with self.assertRaisesRegex(ValueError, "no split"):
            nsobench.problem("maxq").smooth(np.zeros(20))

    def test_dropout_only_after_a_draw(self):
        f = nsobench.problem("mlp", width=8, rows=30, test=10, dropout=0.5)
        x, terms = f.start(), range(30)
        whole = f.value(x)
        self.assertAlmostEqual(f.batch(terms, x)[0], whole, delta=1e-5)
        f.draw(1)
        first = f.batch(terms, x)[0]
        f.draw(2)
        self.assertNotEqual(f.batch(terms, x)[0], first)
        f.draw(1)
        self.assertEqual(f.batch(terms, x)[0], first)
        self.assertEqual(f.value(x), whole)
        self.assertTrue(0 <= f.score(x) <= 1)


class Handling(tap.Case):
    def test_facts(self):
        f = nsobench.problem("maxq", n=7)
        facts = f.facts
        self.assertEqual((facts["n"], facts["optimum"], facts["lipschitz"]), (7, 0.0, None))
        self.assertIsInstance(facts["optimum"], float)
        self.assertEqual(facts["minimizer"].shape, (7,))
        self.assertIn("convex", facts["traits"])
        self.assertEqual(facts["options"], {"n": 7})
        facts["n"] = 8
        self.assertEqual(f.facts["n"], 7)
        shown = {p["name"]: p for p in tap.lines(tap.program("list", "problems", "--json").replace("\n", ""))[0]["problems"]}
        self.assertEqual(set(shown), set(nsobench.problems()))
        for name in ("lasso", "mlp", "maxquad"):
            known = nsobench.problem(name).facts
            for key in ("title", "formula", "reference", "offers"):
                self.assertEqual(known[key], shown[name][key], name)

    def test_what_is_misspelt_names_the_nearest(self):
        for wrong, says in (
            (dict(name="macq"), "did you mean 'maxq'"),
            (dict(name="maxq", m=3), "did you mean 'n'"),
            (dict(name="maxq", n=0), "expected 1 to"),
            (dict(name="maxq", n=2.5), "whole"),
            (dict(name="maxq", n="x"), "expected a number"),
            (dict(name="maxq", instance=-1), "instance -1"),
            (dict(name="maxq", instance=2**32), "instance 4294967296"),
            (dict(name="maxq\0"), "NUL"),
        ):
            with self.assertRaisesRegex(ValueError, says) as caught:
                nsobench.problem(**wrong)
            self.assertIsInstance(caught.exception, nsobench.UsageError)
        with self.assertRaisesRegex(nsobench.InputError, "no-such-data"):
            nsobench.problem("mlp", data="no-such-data")
        with self.assertRaises(AttributeError):
            nsobench.problm

    def test_points_of_another_shape_or_kind(self):
        f = nsobench.problem("maxq", n=3)
        self.assertEqual(f.value([1, 2, 3]), 9.0)
        self.assertEqual(f.value(np.array([1, 2, 3], dtype=np.float32)), 9.0)
        self.assertEqual(f.value(np.arange(12.0)[::4]), 64.0)
        self.assertEqual(f.value(np.array([1, 2, 3], dtype=">f8")), 9.0)
        frozen = np.array([1.0, 2, 3])
        frozen.setflags(write=False)
        self.assertEqual(f.subgradient(frozen)[1].tolist(), [0, 0, 6])
        for wrong in (1.0, [1.0], np.ones(4), np.ones((3, 1)), np.ones((1, 3))):
            for call in (f.value, f.subgradient, f.score, f.prox):
                with self.assertRaisesRegex(ValueError, "expected .3,."):
                    call(wrong)
        for wrong in (np.ones(3) * 1j, ["a", "b", "c"], [None] * 3):
            with self.assertRaises(TypeError):
                f.value(wrong)
        self.assertTrue(np.isnan(f.value([np.nan] * 3)) or f.value([np.nan] * 3) >= 0)

    def test_results_are_new_arrays(self):
        f = nsobench.problem("l1-norm", n=3)
        x = f.start()
        _, g = f.subgradient(x)
        _, h = f.subgradient(-x)
        self.assertFalse(np.array_equal(g, h))
        y = x.copy()
        f.start()[:] = 0
        f.facts
        self.assertTrue(np.array_equal(x, y))

    def test_copies_and_pickles_open_anew(self):
        f = nsobench.problem("chained-lq", instance=2, n=12)
        x = f.start()
        for g in (pickle.loads(pickle.dumps(f)), copy.copy(f), copy.deepcopy(f)):
            self.assertEqual((g.text, g.instance, bits(g.value(x))), (f.text, 2, bits(f.value(x))))

    def test_handles_are_closed(self):
        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1])

        def make(times):
            for _ in range(times):
                nsobench.problem("svm", m=2000, n=50).start()
            gc.collect()

        if tap.SANITIZED:
            self.skipTest("the sanitizer keeps what is freed")
        try:
            make(20)
            before = resident()
        except OSError:
            self.skipTest("no /proc")
        make(200)  # 160 MB of data
        self.assertLess(resident() - before, 20000, "pages of 4 kB")

    def test_options_as_python_values(self):
        self.assertEqual(nsobench.problem("svm", **{"lambda": 0.1 + 0.2}).facts["options"]["lambda"], 0.1 + 0.2)
        self.assertEqual(nsobench.problem("maxq:n=5").text, nsobench.problem("maxq", n=5).text)
        net = nsobench.problem("mlp:width=4,rows=20,test=10", batch_norm=True)
        self.assertEqual(net.facts["options"]["batch_norm"], "on")


class Neighbours(tap.Case):
    @tap.needs("scipy.optimize")
    def test_scipy(self):
        from scipy.optimize import minimize

        f = nsobench.problem("rosenbrock")
        for found in (
            minimize(f.subgradient, f.start(), jac=True, method="BFGS"),
            minimize(f.fun, f.start(), jac=f.jac, method="L-BFGS-B"),
            minimize(f, f.start(), method="Nelder-Mead"),
        ):
            self.assertLess(found.fun, 1e-6)

    @tap.needs("torch")
    def test_torch(self):
        import torch

        f = nsobench.problem("maxquad")
        function, start = f.torch(), f.start() + 0.25
        x = torch.tensor(start, requires_grad=True)
        y = 3 * function(2 * x) + x.sum()
        y.backward()
        value, g = f.subgradient(2 * start)
        self.assertEqual(y.dtype, torch.float64)
        self.assertAlmostEqual(y.item(), 3 * value + start.sum(), delta=1e-9)
        np.testing.assert_allclose(x.grad.numpy(), 6 * g + 1, rtol=1e-14)
        single = torch.tensor(start, dtype=torch.float32, requires_grad=True)
        function(single).backward()
        self.assertEqual(single.grad.dtype, torch.float32)
        with self.assertRaisesRegex(ValueError, "expected .10,."):
            function(torch.zeros(3))
        with torch.no_grad():
            self.assertEqual(function(torch.tensor(2 * start)).item(), value)


if __name__ == "__main__":
    tap.main()
