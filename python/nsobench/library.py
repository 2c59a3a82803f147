"""libnsobench through ctypes: the functions of libnsobench.h with their types, loaded once.

Vectors cross as addresses (int). Calls keep the interpreter's lock (PyDLL): a handle serves one thread at
a time, and a call costs less that way.
"""

import ctypes
from ctypes import c_char_p, c_double, c_int, c_size_t, c_uint64, c_void_p

from . import find
from .errors import OutputError


class Summand(ctypes.Structure):
    """struct nsobench_summand"""

    _fields_ = [("kind", c_int), ("first", c_size_t), ("rows", c_size_t), ("order", c_size_t)]


_HANDLE = c_void_p
_VECTOR = c_void_p
_SIGNATURES = {
    "version": (c_char_p, []),
    "problem": (c_char_p, [c_size_t]),
    "open": (c_int, [c_char_p, c_int, ctypes.POINTER(_HANDLE)]),
    "close": (None, [_HANDLE]),
    "error": (c_char_p, [_HANDLE]),
    "dim": (c_size_t, [_HANDLE]),
    "start": (None, [_HANDLE, c_uint64, _VECTOR]),
    "value": (c_double, [_HANDLE, _VECTOR]),
    "subgradient": (c_double, [_HANDLE, _VECTOR, _VECTOR]),
    "batch": (c_double, [_HANDLE, c_size_t, c_void_p, _VECTOR, _VECTOR]),
    "draw": (None, [_HANDLE, c_uint64]),
    "smooth": (c_double, [_HANDLE, _VECTOR, _VECTOR]),
    "prox": (c_int, [_HANDLE, c_double, _VECTOR, _VECTOR]),
    "score": (c_double, [_HANDLE, _VECTOR]),
    "pieces": (c_int, [_HANDLE, _VECTOR, c_double]),
    "summands": (c_size_t, [_HANDLE]),
    "summand": (Summand, [_HANDLE, c_size_t]),
    "base": (None, [_HANDLE, _VECTOR]),
    "row": (None, [_HANDLE, c_size_t, _VECTOR]),
    "vertices": (c_size_t, [_HANDLE]),
    "vertex": (None, [_HANDLE, c_size_t, _VECTOR]),
    "facts": (c_char_p, [_HANDLE]),
}


class Library:
    """The functions, without their prefix: `library.dim(handle)`."""

    def __init__(self, path: str):
        try:
            shared = ctypes.PyDLL(path)
        except OSError as reason:
            raise OutputError(
                f"libnsobench cannot be loaded ({reason}): install it, or name it in $NSOBENCH_LIBRARY"
            ) from None
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(shared, "nsobench_" + name)
            function.restype = result
            function.argtypes = arguments
            setattr(self, name, function)


_loaded = None


def load() -> Library:
    """The library; found and loaded at the first call."""
    global _loaded
    if _loaded is None:
        _loaded = Library(find.library())
    return _loaded
