"""A program as a plug-in: `nsobench.main()` at its end serves what it has registered."""
import os
import sys

from . import wire as w
from .methods import handlers as method_handlers
from .methods import methods
from .objectives import handlers as objective_handlers
from .objectives import objectives


def describe():
    """The description of all that is registered, docs/wire.md."""
    entries = list(methods.values()) + list(objectives.values())
    return "\n".join(line for e in entries for line in e.describe()) + "\n"


def main():
    """Serves the registered methods and problems, when the harness has started this program; else says
    how to use it."""
    w.served()
    if not w.started_by_harness():
        path = os.path.basename(sys.argv[0])
        names = ", ".join([*methods, *objectives]) or "nothing"
        print(f"{path} is a plug-in with {names}: nsobench run --plugin {path} ...")
        return
    w.serve(describe, {**method_handlers(), **objective_handlers()})
