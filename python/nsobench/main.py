"""A program as a plug-in: `nsobench.main()` at its end serves what it has registered."""
import atexit
import os
import sys

from . import wire as w
from .method import handlers as method_handlers
from .method import methods
from .objective import handlers as objective_handlers
from .objective import objectives

_served = False


def describe():
    """The description of all that is registered, docs/wire.md."""
    entries = list(methods.values()) + list(objectives.values())
    return "\n".join(line for e in entries for line in e.describe()) + "\n"


def main():
    """Serves the registered methods and problems, when the harness has started this program; else says
    how to use it."""
    global _served
    _served = True
    if not w.started_by_harness():
        path = os.path.basename(sys.argv[0])
        names = ", ".join([*methods, *objectives]) or "nothing"
        print(f"{path} is a plug-in with {names}: nsobench run --plugin {path} ...")
        return
    w.serve(describe, {**method_handlers(), **objective_handlers()})


@atexit.register
def _forgotten():
    """A file that registers and ends without main() is served all the same."""
    failed = hasattr(sys, "last_value")
    if w.started_by_harness() and not _served and not failed and (methods or objectives):
        main()
