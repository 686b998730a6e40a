"""A job's process: takes the job from its standard input, sends what came of it, and leaves.

It does not import the script that was run, so that a script without ``if __name__ ==
"__main__":`` is not run once for every job.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import traceback
from types import TracebackType

from optimizer.jobs.messages import Failed, Raised, Returned, pack, read_one

STOP = b"s"


def main() -> None:
    """Do the job."""
    # What is printed must not mix with what is sent.
    answers = os.dup(1)
    os.dup2(2, 1)

    def raised(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        line = traceback.format_exception_only(kind, error)[0].strip()
        # The words first: what follows may not be possible to send, which ends this process too.
        _send(answers, pack(Failed(line, "".join(traceback.format_exception(error)))))
        if isinstance(error, Exception):
            message = Raised.of(error)
            message.exception()
            _send(answers, pack(message))
        _leave(1)

    sys.excepthook = raised
    function, arguments = read_one(0)
    # A parent that was started in the background may have handed down that Ctrl-C is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_listen, daemon=True).start()
    _send(answers, pack(Returned(function(*arguments))))
    # Nothing that the job left behind, such as a thread of a solver, is waited for.
    _leave(0)


def _leave(status: int) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _listen() -> None:
    """Pass a stop on as Ctrl-C; leave when nobody is there any more to take the result."""
    while True:
        told = os.read(0, 1)
        if not told:
            os._exit(1)
        if told == STOP:
            _interrupt()


def _interrupt() -> None:
    """Ctrl-C for the main thread, also where it sleeps, which only a signal wakes."""
    main_thread = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main_thread is not None:
        signal.pthread_kill(main_thread, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _send(descriptor: int, message: bytes) -> None:
    left = memoryview(message)
    while left:
        left = left[os.write(descriptor, left) :]
