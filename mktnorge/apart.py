"""Heavy work in a process of its own, so that it can be stopped: too long, or too much memory, and only it dies.

    content = run_apart("processing.services.export_files:draw", drawing, limits=Limits(seconds=600, megabytes=2048))

The function is a pure one: it gets one value and gives bytes, and both are sent between the processes. It must not ask
the database. `python -m mktnorge.apart` is the other end.
"""

import ctypes
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class Limits:
    """How long it may take by the clock, and how much memory it may ask for."""

    seconds: int
    megabytes: int


class StoppedApart(Exception):
    """The work was not finished: it failed, or it was stopped at a limit."""


class TookTooLong(StoppedApart):
    pass


class TooMuchMemory(StoppedApart):
    pass


def run_apart(
    function: str, value: object, *, limits: Limits, meanwhile: Callable[[float], None] = lambda _seconds: None
) -> bytes:
    """Call `function` (`module:name`) with `value` in a process of its own, and return its bytes.

    `meanwhile` is called every now and then with the seconds gone. The process does not outlive this call.

    Raises TookTooLong, TooMuchMemory, or StoppedApart for any other failure: its trace is on standard error.
    """
    # Files without a name: whatever becomes of either process, nothing of what was in them is left.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        pickle.dump(value, given)
        given.seek(0)
        began = time.monotonic()
        process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-m", "mktnorge.apart", function, str(limits.megabytes), str(limits.seconds)],
            cwd=Path(__file__).parents[1],
            stdin=given,
            stdout=made,
            # What it starts in its turn is of its group, and goes with it.
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                seconds = time.monotonic() - began
                if seconds > limits.seconds:
                    raise TookTooLong
                meanwhile(seconds)
                time.sleep(PAUSE_SECONDS)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.returncode == _NO_MEMORY:
            raise TooMuchMemory
        if process.returncode == -signal.SIGXCPU:
            raise TookTooLong
        if process.returncode != 0:
            raise StoppedApart(f"exit {process.returncode}")
        made.seek(0)
        return made.read()


_NO_MEMORY = 77
_DIE_WITH_PARENT = 1


def _serve(function: str, megabytes: int, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    os.nice(10)
    # What a library prints on its way is no part of what is made.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if sys.platform == "linux":
        # A worker that is killed takes its work with it: another will do it over.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    try:
        import django

        django.setup()
        module, _colon, name = function.partition(":")
        call = getattr(import_module(module), name)
        # What our own program wrote a moment ago, in a file that has no name.
        value = pickle.load(sys.stdin.buffer)  # noqa: S301
        memory = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        made = call(value)
    except MemoryError:
        return _NO_MEMORY
    with out:
        out.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(_serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
