"""A cookie, a pixel or the like in a sentence that anybody can read."""

from processing.law.records import TrackerRecord
from processing.law.terms import N_
from processing.law.trackers import LifeUnit
from processing.notices.voices import Translate, Voice
from processing.notices.wording import party_in_sentence

_ONE = {
    LifeUnit.MINUTES: N_("ett minutt"),
    LifeUnit.HOURS: N_("én time"),
    LifeUnit.DAYS: N_("én dag"),
    LifeUnit.MONTHS: N_("én måned"),
    LifeUnit.YEARS: N_("ett år"),
}


def tracker_line(voice: Voice, tracker: TrackerRecord) -> str:
    """«_ga (Google): teller besøk. Blir liggende i 2 år. Den settes bare hvis du sier ja.» Silence is told as such."""
    _ = voice.translate
    who = party_in_sentence(voice, tracker.party) if tracker.party else voice.name(tracker.provider)
    name = f"{tracker.name} ({who or _('leverandør ikke oppgitt')})"
    reason = voice.say(tracker.reason).rstrip(". ") or _("hva den brukes til, er ikke oppgitt")
    life = tracker_life(tracker, _)
    if tracker.life_unit is LifeUnit.SESSION:
        stays = _("Blir borte når du lukker nettleseren")
    elif life:
        stays = _("Blir liggende i {time}").format(time=life)
    else:
        stays = _("Hvor lenge den blir liggende, er ikke oppgitt")
    need = f" {_(tracker.need.plain)}." if tracker.need else ""
    return f"{name}: {reason}. {stays}.{need}"


def tracker_life(tracker: TrackerRecord, translate: Translate) -> str:
    """«2 år», «én måned» or «økten»; nothing where it is not stated."""
    _ = translate
    if tracker.life_unit is None:
        return ""
    if tracker.life_unit is LifeUnit.SESSION or tracker.life is None:
        return _(tracker.life_unit.label)
    if tracker.life == 1:
        return _(_ONE[tracker.life_unit])
    return f"{tracker.life} {_(tracker.life_unit.label)}"
