"""Where to take a disagreement, by what it is about."""

from collections.abc import Iterable

from processing.law.complaints import JOURNAL_COMPLAINT, JOURNAL_COMPLAINT_WEEKS
from processing.law.kinds import keeps_journal
from processing.law.regimes import LegalRegime
from processing.law.terms import N_
from processing.notices.body import Line, Row, Section
from processing.notices.given import Given

NUMBERS = {3: N_("tre"), 4: N_("fire"), 6: N_("seks")}


def complaint(given: Given) -> Section:
    """Where to take a disagreement, by what it is about (Art. 13(2)(d), 77 and 79; decisions 11 and 34)."""
    _ = given.translate
    authority = given.voice.name(given.controller.supervisory_authority)
    to_authority = (
        Line(
            text=_(
                "Mener du at vi bryter personvernreglene, kan du klage til {authority}. "
                "Du kan ringe dem og få råd først."
            ).format(authority=authority)
        )
        if authority
        else Line(text=_("Tilsynsmyndighet"), missing=True)
    )
    also = Line(text=_("Du kan også klage til {authority}.").format(authority=authority)) if authority else to_authority
    rows = []
    if journal := tuple(about_journal(given)):
        rows.append(Row(key="journal", label=_("Gjelder det journalen?"), lines=(*journal, also)))
        rows.append(Row(key="other", label=_("Gjelder det noe annet?"), lines=(to_authority,)))
    else:
        rows.append(Row(key="other", label=_("Til tilsynet"), lines=(to_authority,)))
    rows.append(
        Row(
            key="court",
            label=_("Til domstolen"),
            lines=(
                Line(text=_("Du kan også gå til domstolen. Du trenger ikke å ha klaget først.")),
                Line(text=_("Har du tapt noe på at vi brøt reglene, kan du kreve erstatning.")),
            ),
        )
    )
    return Section(
        anchor="klage",
        title=_("Slik klager du"),
        lines=(Line(text=_("Si gjerne fra til oss først, hvis du vil.")),),
        rows=tuple(rows),
        source="art. 13 nr. 2 bokstav d",
    )


def about_journal(given: Given) -> Iterable[Line]:
    """The way to Statsforvalteren, where a journal is kept under health law; as an if, where nobody has said."""
    _ = given.translate
    journals = [activity for activity in given.activities if keeps_journal(activity)]
    confirmed = any(activity.regime is LegalRegime.HEALTH_RECORD for activity in journals)
    if confirmed:
        yield Line(
            text=_(
                "Sier vi nei til at du får se, rette eller slette noe i journalen, kan du klage til Statsforvalteren."
            )
        )
    elif any(activity.regime is None for activity in journals):
        yield Line(text=_("Om journalen følger helselovene"), missing=True)
        yield Line(text=_("Gjør den det, kan du klage til Statsforvalteren når vi sier nei til noe."))
    else:
        return
    if JOURNAL_COMPLAINT.holds_on(given.on):
        yield Line(
            text=_(
                "Send klagen til oss innen {weeks} uker etter at du fikk svaret. "
                "Er vi fortsatt uenige, sender vi den videre."
            ).format(weeks=_(NUMBERS.get(JOURNAL_COMPLAINT_WEEKS, str(JOURNAL_COMPLAINT_WEEKS))))
        )
