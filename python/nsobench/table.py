"""Tables: pandas' where it is installed, else columns of numpy arrays under the same names."""

from html import escape
from typing import Any, Dict, Iterator, List

import numpy as np


def column(values: list) -> np.ndarray:
    """Whole numbers, else numbers with NaN for None, else objects as they are."""
    kinds = {type(v) for v in values}
    if kinds == {int}:
        return np.array(values)
    if kinds and kinds <= {int, float, type(None)}:
        return np.array([np.nan if v is None else v for v in values], dtype=float)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


class Table:
    """A table without pandas: ``t["gap"]`` is an array, ``t.columns`` the names, ``len(t)`` the rows."""

    def __init__(self, columns: Dict[str, np.ndarray]):
        self._columns = columns

    @property
    def columns(self) -> List[str]:
        """The names."""
        return list(self._columns)

    def __getitem__(self, name: str) -> np.ndarray:
        return self._columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()))) if self._columns else 0

    def where(self, **values: Any) -> "Table":
        """The rows in which the named columns hold these values."""
        chosen = np.ones(len(self), dtype=bool)
        for name, value in values.items():
            chosen &= self._columns[name] == value
        return Table({name: v[chosen] for name, v in self._columns.items()})

    def rows(self) -> Iterator[Dict[str, Any]]:
        """Each row as a dict."""
        for i in range(len(self)):
            yield {name: v[i] for name, v in self._columns.items()}

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self._columns)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self._columns)
        shown = min(len(self), 20)
        lines = "".join(
            "<tr>" + "".join(f"<td>{escape(str(v[i]))}</td>" for v in self._columns.values()) + "</tr>"
            for i in range(shown)
        )
        rest = f"<p>{len(self)} rows</p>" if shown < len(self) else ""
        return f"<table><tr>{head}</tr>{lines}</table>{rest}"


def of(columns: Dict[str, np.ndarray]):
    """pandas.DataFrame, or Table where pandas is not installed."""
    try:
        import pandas
    except ImportError:
        return Table(columns)
    return pandas.DataFrame(columns)
