"""Heavy work in a process of its own: what it gives comes back, and at a limit only it dies."""

import os
import time

import pytest

from mktnorge.apart import Limits, StoppedApart, TookTooLong, TooMuchMemory, run_apart

LIMITS = Limits(seconds=60, megabytes=1_024)


def backwards(text: str) -> bytes:
    print("A word on the way does not get into what is made.", flush=True)
    return text[::-1].encode()


def sleep(seconds: int) -> bytes:
    time.sleep(seconds)
    return b""


def spin(_value: None) -> bytes:
    while True:
        pass


def hog(_value: object) -> bytes:
    return b"x" * 4_096 * 1024 * 1024


def fail(_value: object) -> bytes:
    raise ValueError("No")


def end(code: int) -> bytes:
    os._exit(code)


def here(name: str) -> str:
    return f"{__name__}:{name}"


def test_what_is_made_comes_back_whole():
    told = []
    assert run_apart(here("backwards"), "æøå 𝄞", limits=LIMITS, meanwhile=told.append) == "𝄞 åøæ".encode()
    assert told == sorted(told)
    assert told


def test_it_is_stopped_when_it_takes_too_long():
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        run_apart(here("sleep"), 60, limits=Limits(seconds=1, megabytes=1_024))
    assert time.monotonic() - began < 20


def test_it_is_refused_more_memory_than_it_may_have():
    with pytest.raises(TooMuchMemory):
        run_apart(here("hog"), None, limits=LIMITS)


@pytest.mark.parametrize(("name", "value"), [("fail", None), ("end", 3), ("not_there", None)])
def test_any_other_failure_is_told(name, value):
    with pytest.raises(StoppedApart, match="exit"):
        run_apart(here(name), value, limits=LIMITS)


def test_who_asks_may_give_up():
    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_apart(here("spin"), None, limits=LIMITS, meanwhile=stop)
