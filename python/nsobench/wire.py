"""nsobench-wire/1: the program's end (docs/wire.md).

Frames of 64 bytes go over a socket or through two mailboxes in shared memory; vectors and texts lie in
the same memory. `serve` is the loop of a program that the harness has started.
"""
import atexit
import mmap
import os
import platform
import select
import socket
import sys
import traceback

VERSION = 1
MAGIC = 0x6E736F77697265
MAILBOX = 1
HELLO, DESCRIBE, QUIT = 1, 2, 3
BEGIN, STEP, END = 8, 9, 10
MAKE, START, EVAL, BATCH, SMOOTH, PROX, SCORE, DRAW, MINIMIZER, FREE = range(16, 26)
DONE, ERROR = 32, 33
ASK_VALUE, ASK_SUBGRADIENT, ASK_SMOOTH, ASK_PROX, ASK_RANDOM = range(40, 45)
ANSWER = 48

DOWN, DOWN_SLEEPS, UP, UP_SLEEPS = 0, 64, 128, 192
COLUMNS, TEXT, VECTORS = 256, 4096, 1 << 20

SPIN, YIELD = range(500), range(100)  # looks at the mailbox before sleeping: about 20 us, then 40 us
HASTY = 8  # waits that sleep sooner after one that was long


class Refuse(Exception):
    """Raised by a method or a problem that cannot take these options or this function: the run is
    skipped, with this text as the reason."""


class Closed(Exception):
    """The harness is gone."""


def started_by_harness():
    """Is this process a plug-in at work?"""
    return "NSOBENCH_WIRE" in os.environ


_main_is_due = []  # one entry while something is registered and main() was not called


def expect_main():
    """A file that registers something and ends without main() is served all the same."""
    if started_by_harness() and not _main_is_due:
        _main_is_due.append(True)
        atexit.register(_late)


def served():
    """main() was called."""
    _main_is_due[:] = [False]


def _late():
    if _main_is_due[0] and not hasattr(sys, "last_value"):
        from .serve import main
        main()


class _Foreign:
    """Stands for the mailboxes in a process that was forked from the program: two may not speak."""

    def __setitem__(self, key, value):
        raise RuntimeError("only the process that the harness started may speak to it")

    def __getitem__(self, key):
        self[key] = 0


class Wire:
    """The connection. After `wait`, q and d are the frame as integers and as doubles."""

    def __init__(self):
        self.socket = socket.socket(fileno=int(os.environ["NSOBENCH_WIRE"]))
        self.shared = int(os.environ["NSOBENCH_SHARED"])
        for fd in (self.socket.fileno(), self.shared):
            os.set_inheritable(fd, False)
        self.poll = select.poll()
        self.poll.register(self.socket, select.POLLIN)
        self.sent = self.received = self.hasty = 0
        self.looks = SPIN
        self.mailbox = False
        self.pid = os.getpid()
        self.memory = None
        self.map(VECTORS)
        self.down = bytearray(64)
        self.up = bytearray(64)
        self._views(memoryview(self.down), memoryview(self.up))
        os.register_at_fork(after_in_child=self._let_go)
        self._hello()

    def _let_go(self):
        self.q = self.d = self.uq = self.ud = _Foreign()

    def map(self, size):
        """Maps that much of the shared memory; older arrays stay good, it is the same memory."""
        self.memory = mmap.mmap(self.shared, size)
        self.size = size
        whole = memoryview(self.memory)
        self.all, self.doubles = whole, whole.cast("d")
        self.words = whole.cast("I")
        if self.mailbox:
            self._views(whole[DOWN:DOWN + 64], whole[UP:UP + 64])

    def _views(self, down, up):
        self.q, self.d = down.cast("Q"), down.cast("d")
        self.uq, self.ud = up.cast("Q"), up.cast("d")

    def _hello(self):
        self.wait()
        if self.q[0] & 0xFFFFFFFF != HELLO or self.q[3] != MAGIC:
            sys.exit("nsobench: this is not nsobench-wire/1")
        # plain stores reach the other side in order on these processors only
        fits = platform.machine() in ("x86_64", "AMD64") and os.environ.get("NSOBENCH_MAILBOX") != "0"
        take = bool(self.q[2] & MAILBOX) and fits
        self.uq[3] = MAGIC
        self.send(HELLO, 0, VERSION, MAILBOX if take else 0)
        if take:
            self.mailbox = True
            self.map(self.size)

    # ------------------------------------------------------------------ frames

    def send(self, verb, number=0, a=0, b=0):
        """Sends a frame; u, v, c and the length stand in ud and uq already."""
        uq = self.uq
        uq[0] = verb | number << 32
        uq[1] = a
        uq[2] = b
        uq[7] = self.sent = self.sent + 1  # last: it tells that the rest is there
        if not self.mailbox:
            self.socket.sendall(self.up)
        elif self.words[UP_SLEEPS // 4]:
            self.socket.send(b"\0")

    def send_text(self, verb, number, text, a=0):
        """A frame with a text of at most 900,000 bytes."""
        data = text.encode()[:900000]
        self.all[TEXT:TEXT + len(data)] = data
        self.uq[6] = len(data)
        self.send(verb, number, a)

    def text(self):
        """The text that came with the frame."""
        return bytes(self.all[TEXT:TEXT + self.q[6]]).decode()

    def wait(self):
        """Waits for the next frame and returns its verb."""
        if not self.mailbox:
            self._receive()
        else:
            q, due = self.q, self.received + 1
            for _ in self.looks:
                if q[7] == due:
                    break
            else:
                self.patience(q, due)
        self.received += 1
        q = self.q
        if q[3] > self.size and self.received > 1:
            self.map(q[3])
        return q[0] & 0xFFFFFFFF

    def _receive(self):
        got = 0
        view = memoryview(self.down)
        while got < 64:
            more = self.socket.recv_into(view[got:])
            if not more:
                raise Closed
            got += more

    def exchange(self, head, a, b):
        """`send` and then `wait`, written out for speed; head is verb | number << 32. Returns q[0]."""
        if not self.mailbox:
            self.send(head & 0xFFFFFFFF, head >> 32, a, b)
            self.wait()
            return self.q[0]
        uq, q = self.uq, self.q
        uq[0] = head
        uq[1] = a
        uq[2] = b
        uq[7] = self.sent = self.sent + 1
        if self.words[48]:  # UP_SLEEPS
            self.socket.send(b"\0")
        due = self.received + 1
        for _ in self.looks:
            if q[7] == due:
                break
        else:
            self.patience(q, due)
        self.received = due
        if q[3] > self.size:
            self.map(q[3])
        return q[0]

    def patience(self, q, due):
        """The long wait: looks between offers of the processor to others, then sleep."""
        if self.hasty:
            self.hasty -= 1
            if not self.hasty:
                self.looks = SPIN
        else:
            for _ in YIELD:
                if q[7] == due:
                    return
                os.sched_yield()
            self.hasty, self.looks = HASTY, SPIN[:20]
        pause = 1  # ms; only the first can be needed, where the bell rang before we slept
        while q[7] != due:
            self.words[DOWN_SLEEPS // 4] = 1
            if q[7] != due and self.poll.poll(pause) and not self.socket.recv(64):
                raise Closed
            pause = min(2 * pause, 1000)
        self.words[DOWN_SLEEPS // 4] = 0


# ---------------------------------------------------------------------- texts


def read_lines(text):
    """{"n": "50", ...} of a BEGIN or MAKE, and its options {"lr": "0.01"}."""
    facts, options = {}, {}
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == "option":
            name, _, value = value.partition(" ")
            options[name] = value
        else:
            facts[key] = value
    return facts, options


def error_text(error):
    """One line: what was raised, and where in the user's file."""
    frames = traceback.extract_tb(error.__traceback__)
    here = os.path.dirname(os.path.abspath(__file__))
    own = [f for f in frames if not os.path.abspath(f.filename).startswith(here)]
    at = (own or frames or [None])[-1]
    place = f" ({os.path.basename(at.filename)}:{at.lineno})" if at else ""
    return f"{type(error).__name__}: {error}{place}"


# ---------------------------------------------------------------------- the loop


def serve(describe, handlers):
    """Answers the harness until it hangs up. describe() is the description's text; handlers[verb](wire,
    number) does what the verb asks and sends DONE itself; it may return the head of a frame that it took."""
    wire = Wire()
    taken = None
    try:
        while True:
            if not taken:
                wire.wait()
                taken = wire.q[0]
            verb, number = taken & 0xFFFFFFFF, taken >> 32
            taken = None
            if verb == QUIT:
                return
            try:
                if verb == DESCRIBE:
                    wire.send_text(DONE, number, describe())
                else:
                    taken = handlers[verb](wire, number)
            except Closed:
                raise
            except Refuse as error:
                wire.send_text(ERROR, number, str(error), 1)
            except Exception as error:  # whatever a user's code raises costs one run
                traceback.print_exc()
                wire.send_text(ERROR, number, error_text(error), 0)
    except Closed:
        return
