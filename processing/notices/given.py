"""What every part of a notice is composed of: the register, the day it is for, and the voice of a language."""

from dataclasses import dataclass
from datetime import date

from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.notices.voices import Translate, Voice


@dataclass(frozen=True)
class Given:
    """`activities` are those in use on the Oslo date `on`. `voice` speaks for the company, and for what all share."""

    register: Register
    controller: ControllerRecord
    activities: tuple[ActivityRecord, ...]
    on: date
    voice: Voice

    @property
    def translate(self) -> Translate:
        """Fixed text in the language."""
        return self.voice.translate

    def voice_of(self, activity: ActivityRecord) -> Voice:
        return self.voice.with_texts(activity.translations)

    def title(self, activity: ActivityRecord) -> str:
        """What the activity is called where it is named among others."""
        return self.voice_of(activity).name(activity.title)
