"""DIR/runs.jsonl as columns: one row a run, and one row a point of a trace."""

import gzip
import json
import warnings
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np

from . import table
from .errors import InputError

MAJOR = "nsobench-run/1"

# Where a value of a record goes; what is not named here keeps its path, joined by "_".
_NAMES = {
    "problem_name": "problem",
    "problem_instance": "instance",
    "problem_n": "n",
    "problem_terms": "terms",
    "problem_optimum": "optimum",
    "problem_traits": "traits",
    "problem_score_name": "score_name",
    "optimizer_name": "optimizer",
    "optimizer_title": "title",
    "sample_batch": "batch",
    "sample_noise": "noise",
    "sample_replacement": "replacement",
    "counts_value": "value",
    "counts_subgradient": "subgradient",
    "counts_prox": "prox",
    "final_f": "f",
    "final_gap": "gap",
    "final_best": "best",
    "final_best_gap": "best_gap",
    "seconds_wall": "seconds",
}
_IDENTITY = ("problem", "instance", "n", "optimizer", "seed")  # of a run, in each row of its curve


def _open(folder: Path):
    for name, opener in (("runs.jsonl", open), ("runs.jsonl.gz", gzip.open)):
        if (folder / name).is_file():
            return opener(folder / name, "rt", encoding="utf-8")
    raise InputError(f"{folder}: expected a folder with runs.jsonl (or runs.jsonl.gz) of 'nsobench run'")


def _parse(line: str) -> Optional[Dict[str, Any]]:
    """The record of a line, None where it is torn or no JSON."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and "schema" in record else None


def load(folder: Path) -> List[Dict[str, Any]]:
    """The records, by their place in the plan. Lines that are torn or no JSON are left out with a warning, as
    the program does."""
    records, torn = [], []
    with _open(folder) as file:
        lines = [(number, line) for number, line in enumerate(file, 1) if line.strip()]
    for number, line in lines:
        record = _parse(line)
        if record is None:
            torn.append(number)
            continue
        if str(record["schema"]).split(".")[0] != MAJOR:
            raise InputError(
                f"{folder}/runs.jsonl, line {number}: schema {record['schema']}, expected {MAJOR}.x"
            )
        records.append(record)
    if torn:
        warnings.warn(
            f"{folder}/runs.jsonl: {len(torn)} of {len(lines)} lines are torn or no JSON and were left out, "
            f"the first is line {torn[0]}",
            RuntimeWarning,
            stacklevel=4,
        )
    return sorted(records, key=lambda r: r.get("cell", 0))


def _flatten(value: Any, path: str, row: Dict[str, Any]) -> None:
    """Options become "problem.n" and "optimizer.lr"; of other objects each value a column."""
    for key, inner in value.items():
        if key == "options":
            row.update({f"{path}.{name}": option for name, option in inner.items()})
            continue
        name = f"{path}_{key}" if path else key
        if isinstance(inner, dict):
            _flatten(inner, name, row)
        else:
            row[_NAMES.get(name, name)] = inner


def _row(record: Dict[str, Any]) -> Dict[str, Any]:
    kept = {k: v for k, v in record.items() if k not in ("schema", "trace")}
    kept["seconds"] = {k: v for k, v in record.get("seconds", {}).items() if k != "trace"}
    row: Dict[str, Any] = {}
    _flatten(kept, "", row)
    return row


def _names(rows: List[Dict[str, Any]]) -> List[str]:
    """All columns, in the order in which they first appear; options last."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [n for n in names if "." not in n] + [n for n in names if "." in n]


def runs(records: List[Dict[str, Any]]):
    """One row a run."""
    rows = [_row(r) for r in records]
    return table.of({name: table.column([row.get(name) for row in rows]) for name in _names(rows)})


def _curve(record: Dict[str, Any]) -> Dict[str, np.ndarray]:
    """Columns of numbers of one trace; the iterates are no column."""
    curve = {
        name: np.array(v, dtype=float) for name, v in record.get("trace", {}).items() if name != "x"
    }
    seconds = record.get("seconds", {}).get("trace")
    if seconds is not None:
        curve["seconds"] = np.array(seconds, dtype=float)
    return curve


def curves(records: List[Dict[str, Any]]):
    """One row a point: the run's number (its row in runs) and identity, then the trace's columns, NaN where
    a run has none of that name."""
    parts = [_curve(r) for r in records]
    sizes = [max((len(v) for v in part.values()), default=0) for part in parts]
    columns = {"run": np.repeat(np.arange(len(records)), sizes)}
    rows = [_row(r) for r in records]
    for name in _IDENTITY:
        columns[name] = np.repeat(table.column([row.get(name) for row in rows]), sizes)
    for name in dict.fromkeys(name for part in parts for name in part):
        columns[name] = np.concatenate(
            [part.get(name, np.full(size, np.nan)) for part, size in zip(parts, sizes)] or [np.empty(0)]
        )
    return table.of(columns)


def iterates(record: Dict[str, Any]) -> np.ndarray:
    """The points of the trace, shape (points, n), of a run made with record="x"."""
    points = record.get("trace", {}).get("x")
    if points is None:
        raise InputError("this run kept no iterates: run it with record=\"x\"")
    return np.array(points, dtype=float)
