"""Where the program and the shared library lie.

Both come from one build: what the environment names, else what is installed with the package (the same
prefix), else a build folder of the source tree that the package stands in, else the system's.
"""

import os
import shutil
from pathlib import Path
from typing import Iterator, List

from .errors import OutputError

LIBRARY_NAMES = ("libnsobench.so.0", "libnsobench.0.dylib")
_HEIGHT = 5  # folders above the package: PREFIX/lib/python3.11/site-packages/nsobench


def _above() -> List[Path]:
    return list(Path(__file__).resolve().parent.parents)[:_HEIGHT]


def _named(variable: str) -> str:
    """The file that the environment names, "" if it names none."""
    named = os.environ.get(variable, "")
    if named and not os.path.isfile(named):
        raise OutputError(f"${variable} is {named}: no such file")
    return named


def program() -> str:
    """Path of the program `nsobench`: $NSOBENCH, beside the package, a build folder, $PATH."""
    named = _named("NSOBENCH")
    if named:
        return named
    for folder in _above():
        for place in ("bin", "build", "."):
            file = folder / place / "nsobench"
            if file.is_file() and os.access(file, os.X_OK):
                return str(file)
    found = shutil.which("nsobench")
    if not found:
        raise OutputError("the program nsobench is not found: install it, or name it in $NSOBENCH")
    return found


def _around(folder: Path) -> Iterator[Path]:
    """Places of the library under a prefix or a build folder."""
    for name in LIBRARY_NAMES:
        yield folder / ".libs" / name
        yield folder / "build" / ".libs" / name
        yield folder / "lib" / name
        yield folder / "lib64" / name
        yield from sorted((folder / "lib").glob(f"*-linux-*/{name}"))


def library() -> str:
    """What to load: $NSOBENCH_LIBRARY, beside $NSOBENCH, beside the package, a build folder, beside the
    program on $PATH, else the name alone, for the system's loader to find."""
    named = _named("NSOBENCH_LIBRARY")
    if named:
        return named
    folders = _above()
    beside = _named("NSOBENCH")
    if beside:
        here = Path(beside).resolve().parent
        folders = [here, here.parent, *folders]
    found = shutil.which("nsobench")
    if found:
        folders.append(Path(found).resolve().parent.parent)
    for folder in folders:
        for file in _around(folder):
            if file.is_file():
                return str(file)
    return LIBRARY_NAMES[0]
