"""The program underneath: calls it, shows its progress, turns what it says into exceptions."""

import codecs
import os
import pty
import signal
import subprocess
import sys
import tempfile
import warnings
from typing import List, Tuple

from . import errors, find


def _says(text: str) -> str:
    """The program's own sentence of what it printed on stderr, without its name."""
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
    own = [line[len("nsobench: ") :] for line in lines if line.startswith("nsobench: ")]
    return own[-1] if own else "\n".join(lines[-10:])


def _check(code: int, stderr: str) -> None:
    """Raises what the exit code stands for; 0 and 1 are for the caller."""
    if code in (0, 1):
        return
    if code == 128 + signal.SIGINT:
        raise KeyboardInterrupt
    if code < 0:
        raise errors.Error(f"nsobench ended by {signal.Signals(-code).name}: {_says(stderr)}")
    raise errors.of_code(code, _says(stderr))


def call(arguments: List[str]) -> Tuple[str, str]:
    """stdout of `nsobench ARGUMENTS` and what it said on stderr; an error with its message if it fails. What
    it answers although its input is damaged is an answer, with a warning."""
    done = subprocess.run(
        [find.program(), *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode == errors.InputError.code and done.stdout:
        warnings.warn(done.stderr.strip(), RuntimeWarning, stacklevel=4)
        return done.stdout, _says(done.stderr)
    _check(done.returncode, done.stderr)
    if done.returncode:
        raise errors.Error(_says(done.stderr))
    return done.stdout, _says(done.stderr)


# ---------------------------------------------------------------------- progress


def _redraws() -> bool:
    """Whether what stderr shows follows a carriage return: a terminal or a notebook."""
    return sys.stderr.isatty() or type(sys.stderr).__module__.startswith("ipykernel")


def _copy(source: int, show: bool) -> str:
    """What the program says; shown on sys.stderr as it comes."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    parts = []
    while True:
        try:
            data = os.read(source, 65536)
        except OSError:  # Linux's end of a pseudo-terminal
            data = b""
        if not data:
            return "".join(parts)
        # a notebook knows no "erase to the end of the line"
        text = decoder.decode(data).replace("\r\n", "\n").replace("\033[K", "    ")
        parts.append(text)
        if show:
            sys.stderr.write(text)
            sys.stderr.flush()


def _interrupt(process: subprocess.Popen, source: int) -> None:
    """As Ctrl-C in a shell: runs under way are dropped, what is done is written; a second one stops at
    once."""
    process.send_signal(signal.SIGINT)
    try:
        _copy(source, True)
    except BaseException:
        process.send_signal(signal.SIGINT)
        raise
    finally:
        process.wait()


def watch(arguments: List[str], show: bool) -> Tuple[int, str, str]:
    """Runs `nsobench ARGUMENTS` and, if asked to, shows its progress on sys.stderr: a bar that moves in terminals and
    notebooks, else a line every ten seconds. Returns the exit code (0 or 1), stdout, and what it said."""
    command = [find.program(), *arguments]
    ours, its = pty.openpty() if show and _redraws() else os.pipe()
    environment = dict(os.environ)
    if environment.get("TERM", "dumb") == "dumb":
        environment["TERM"] = "xterm"
    said = ""
    with tempfile.TemporaryFile("w+") as stdout:
        # a session of its own: Ctrl-C in a terminal reaches Python alone, which passes it on once
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=its,
            env=environment,
            start_new_session=True,
        )
        os.close(its)
        try:
            said = _copy(ours, show)
            process.wait()
        except BaseException:
            _interrupt(process, ours)
            raise
        finally:
            os.close(ours)
        stdout.seek(0)
        _check(process.returncode, said)
        return process.returncode, stdout.read(), _says(said)
