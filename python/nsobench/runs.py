"""Runs: the program run from Python, and what its folders of records hold."""

import json
import os
import warnings
from html import escape
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple, Union

import numpy as np

from . import program, records, table
from .errors import InputError, UsageError
from .function import Problem, typed

Entry = Union[str, Problem, Tuple[str, Dict[str, Any]]]


# ---------------------------------------------------------------------- pictures and texts


class Picture:
    """One picture: `path` of its SVG; beside it lie the PNG, gnuplot's script (.gp) and numbers (.dat)."""

    def __init__(self, path: str):
        self.path = Path(path)

    @property
    def svg(self) -> str:
        """The picture as text."""
        return self.path.read_text(encoding="utf-8")

    @property
    def png(self) -> bytes:
        """The picture as bytes."""
        return self.path.with_suffix(".png").read_bytes()

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_png_(self) -> bytes:
        return self.png

    def __repr__(self) -> str:
        return f"<picture {self.path}>"


class Pictures(Sequence):
    """What a call of plot drew; a notebook shows it."""

    def __init__(self, pictures: Iterable[Picture]):
        self._pictures = list(pictures)

    def __getitem__(self, i):
        return self._pictures[i]

    def __len__(self) -> int:
        return len(self._pictures)

    def __repr__(self) -> str:
        return f"<pictures {', '.join(str(p.path) for p in self)}>"

    def _repr_svg_(self) -> Optional[str]:
        return self[0].svg if len(self) == 1 else None

    def _repr_png_(self) -> Optional[bytes]:
        return self[0].png if len(self) == 1 else None

    def _repr_html_(self) -> Optional[str]:
        if len(self) == 1:
            return None
        return "".join(f"<div>{p.svg[p.svg.find('<svg'):]}</div>" for p in self)


class Summary:
    """The tables of a folder of runs: `str()` is the program's text, `tables` the numbers by title."""

    def __init__(self, text: str, tables: Dict[str, Any]):
        self.text = text
        self.tables = tables

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"


class Report(os.PathLike):
    """The report: one HTML file that holds everything and fetches nothing."""

    def __init__(self, path: str):
        self.path = Path(path)

    def __fspath__(self) -> str:
        return str(self.path)

    def __repr__(self) -> str:
        return f"<report {self.path}>"

    def _repr_html_(self) -> str:
        return f'<a href="{escape(str(self.path), quote=True)}" target="_blank">{escape(str(self.path))}</a>'


def _number(value: Any) -> Any:
    """JSON has no infinity: the program writes it as a text."""
    return {"inf": np.inf, "-inf": -np.inf}.get(value, value) if isinstance(value, str) else value


def _tables(value: Any, found: Dict[str, Any]) -> Dict[str, Any]:
    """Every {"title", "rows"} anywhere in the program's JSON, as a table under its title."""
    if isinstance(value, dict) and {"title", "rows"} <= set(value):
        rows = value["rows"]
        names = dict.fromkeys(name for row in rows for name in row)
        found[value["title"]] = table.of(
            {name: table.column([_number(row.get(name)) for row in rows]) for name in names}
        )
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            _tables(inner, found)
    return found


# ---------------------------------------------------------------------- a folder of runs


class Runs:
    """A folder of runs. Tables are read when they are first asked for."""

    def __init__(self, folder: Union[str, os.PathLike]):
        self.folder = Path(folder)
        self.records: List[Dict[str, Any]] = records.load(self.folder)
        """The records as they are written, nsobench-run/1.0, by their place in the plan."""
        self._runs: Any = None
        self._curves: Any = None

    def __repr__(self) -> str:
        status: Dict[str, int] = {}
        for record in self.records:
            status[record["status"]] = status.get(record["status"], 0) + 1
        told = " ".join(f"{count} {word}" for word, count in status.items())
        return f"<{len(self.records)} runs in {self.folder}: {told}>"

    def __len__(self) -> int:
        return len(self.records)

    @property
    def manifest(self) -> Dict[str, Any]:
        """How the runs were made: command line, version, compiler, CPU, start and end."""
        try:
            return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as reason:
            raise InputError(f"{self.folder}/manifest.json: {reason}") from None

    @property
    def runs(self):
        """One row a run: problem, instance, n, optimizer, seed, status, counts of calls (value,
        subgradient, prox; work is their sum, on k of m terms k/m each), f, gap = f - f*, best and best_gap
        (least seen), seconds, and the options, "problem.n", "optimizer.lr". A pandas.DataFrame, without
        pandas a :class:`nsobench.table.Table`."""
        if self._runs is None:
            self._runs = records.runs(self.records)
        return self._runs

    @property
    def curves(self):
        """One row a point of a trace: run (the row in `runs`), problem, instance, n, optimizer, seed, then
        step, work, value, subgradient, prox (counts so far), f, best, gap, the measures (clarke, ...), the
        method's own columns (lgi, ...) and seconds; NaN where a run has none of that name."""
        if self._curves is None:
            self._curves = records.curves(self.records)
        return self._curves

    def iterates(self, run: int) -> np.ndarray:
        """The iterates of the trace of run number `run`, shape (points, n); made with record="x"."""
        return records.iterates(self.records[run])

    def _call(self, command: str, settings: Dict[str, Any]) -> Tuple[str, str]:
        return program.call([command, str(self.folder), *_settings(settings)])

    def summary(self, **settings: Any) -> Summary:
        """The tables of `nsobench summary`: who reached what, at which cost. Settings are its options:
        pairs=True (who beats whom), target=1e-6, cost="steps"."""
        settings = {k: v for k, v in settings.items() if k not in ("json", "csv")}
        return Summary(
            self._call("summary", settings)[0],
            _tables(json.loads(self._call("summary", {**settings, "json": True})[0]), {}),
        )

    def plot(self, kind: Union[str, Sequence[str]] = "convergence", **settings: Any) -> Pictures:
        """Draws with gnuplot: "convergence", "stationarity", "ecdf", "performance-profile", ... or several,
        or "all"; a notebook shows what is returned. Settings are options of `nsobench plot`: output,
        floor, target, cost. InputError where these runs hold nothing that the kind draws."""
        out, said = self._call("plot", {**settings, "kind": kind, "format": ("svg", "png")})
        drawn = [Picture(line) for line in out.splitlines() if line.endswith(".svg")]
        if not drawn:
            raise InputError(said or f"{self.folder}: these runs hold nothing for plot({kind!r})")
        return Pictures(drawn)

    def report(self, **settings: Any) -> Report:
        """Writes one HTML file with tables, pictures, verdicts and warnings. Settings are options of
        `nsobench report`: output="report.html", target=1e-6."""
        return Report(self._call("report", settings)[0].splitlines()[-1])


def read(folder: Union[str, os.PathLike]) -> Runs:
    """What `nsobench run -o FOLDER` left. InputError where there are no runs or they cannot be read."""
    return Runs(folder)


# ---------------------------------------------------------------------- run


def _entry(entry: Entry) -> str:
    if isinstance(entry, Problem):
        if entry.instance:
            raise UsageError(f"{entry!r}: a run takes its instances from instances=[{entry.instance}]")
        return entry.text
    if isinstance(entry, tuple):
        name, options = entry
        return typed(name, options)
    if isinstance(entry, str):
        return entry
    raise UsageError(f"{entry!r}: expected a name, or (name, {{option: value}})")


def _entries(given: Union[None, Entry, Dict[str, Dict[str, Any]], Iterable[Entry]], flag: str) -> List[str]:
    if given is None:
        return []
    if isinstance(given, dict):
        given = list(given.items())
    elif isinstance(given, (str, Problem)) or (
        isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], dict)
    ):
        given = [given]  # type: ignore[list-item]
    elif not isinstance(given, Iterable):
        raise UsageError(f"{given!r}: expected a name, or a list of names")
    return [word for entry in given for word in (flag, _entry(entry))]


def _setting(value: Any) -> str:
    if isinstance(value, (list, tuple, range)):
        return ",".join(_setting(v) for v in value)
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)


def _settings(settings: Dict[str, Any]) -> List[str]:
    """Keywords as options of the program: seeds=3 is --seeds=3, resume=True is --resume."""
    words = []
    for key, value in settings.items():
        if value is None or value is False:
            continue
        name = "--" + key.replace("_", "-")
        words.append(name if value is True else f"{name}={_setting(value)}")
    return words


def run(
    suite: Optional[str] = None,
    *,
    problems: Union[None, Entry, Dict[str, Dict[str, Any]], Iterable[Entry]] = None,
    optimizers: Union[None, Entry, Dict[str, Dict[str, Any]], Iterable[Entry]] = None,
    output: Union[None, str, os.PathLike] = None,
    plugins: Iterable[Union[str, os.PathLike]] = (),
    progress: bool = True,
    **settings: Any,
) -> Runs:
    """Runs optimizers on problems with the program `nsobench`, and reads what it wrote.

    suite        name or file of a suite; without one, problems and optimizers say what runs
    problems     "maxq:n=50", ("maxq", {"n": 50}), {"maxq": {"n": 50}, "cb2": {}}, a Problem, patterns
                 ("chained-*"), or a list of such
    optimizers   the same: "adam", ("s-adam", {"lr": 0.3}), ...
    output       folder of the records; the program's nsobench-out/NAME by default
    plugins      files with problems and optimizers of your own
    progress     shows how far it is on stderr, in notebooks too
    settings     every other option of `nsobench run`, with _ for -: seeds=3, instances=range(5),
                 budget=1e4 (oracle calls), steps, epochs, seconds, target (a gap), batch, noise,
                 schedule="cosine", average="uniform", trace="all", record="x", measure=["clarke", "lgi"],
                 jobs=2, resume=True, force=True, timeout (seconds), memory (MiB), data="DIR"

    A run that fails is a record; a warning says so. What the program refuses is an exception with its
    message: UsageError (a ValueError) names the nearest right name, InputError a file that is wrong,
    OutputError a folder that holds runs already. Ctrl-C stops as in a shell: what is done is kept.
    """
    if settings.get("dry_run"):
        raise UsageError("dry_run leaves no runs to read: use the program in a shell")
    words = ["run"] + ([str(suite)] if suite is not None else [])
    words += _entries(problems, "--problem") + _entries(optimizers, "--optimizer")
    words += [word for file in plugins for word in ("--plugin", os.fspath(file))]
    words += _settings({**settings, "output": output, "quiet": not progress})
    code, stdout, said = program.watch(words, progress)
    folder = stdout.splitlines()[-1] if stdout.strip() else ""
    if code:
        warnings.warn(said, RuntimeWarning, stacklevel=2)
    return read(folder)
