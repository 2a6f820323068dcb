"""What every part of a notice is composed of: the register, the day it is for, and the words of a language."""

from dataclasses import dataclass
from datetime import date

from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.notices.wording import Translate


@dataclass(frozen=True)
class Given:
    """`activities` are those in use on the Oslo date `on`. Fixed text passes through `translate`."""

    register: Register
    controller: ControllerRecord
    activities: tuple[ActivityRecord, ...]
    on: date
    translate: Translate
