"""What goes wrong, with the sentence that the library or the program says of it."""


class Error(Exception):
    """Anything that nsobench refuses or fails at. `code` is the exit code that the program has for it."""

    code = 1


class UsageError(Error, ValueError):
    """A name, an option or a value is wrong; the message names the nearest right one."""

    code = 2


class InputError(Error):
    """A file or a folder cannot be read, or does not hold what it should."""

    code = 3


class OutputError(Error):
    """A result cannot be written, or gnuplot, the program or the library is missing."""

    code = 4


def of_code(code: int, message: str) -> Error:
    """The error for an exit code of the program."""
    for kind in (UsageError, InputError, OutputError):
        if kind.code == code:
            return kind(message)
    return Error(message)
