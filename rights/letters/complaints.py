"""The letters of a complaint: that it came, and where it goes. Pure, as the others."""

from datetime import date

from processing.law.sources import gdpr
from processing.law.terms import N_
from rights.law.complaints import TIME_TO_COMPLAIN
from rights.law.outcomes import ComplaintBody
from rights.letters.body import LetterBody, LetterKind, Part
from rights.letters.compose import Heading, LetterIncomplete, letter, reach


def complaint_received(heading: Heading, *, received_on: date, body: ComplaintBody, answer_by: date) -> LetterBody:
    """That the complaint came, and what happens now."""
    _ = heading.translate
    if body is ComplaintBody.COUNTY_GOVERNOR:
        after = _("Står vi ved svaret, sender vi klagen til Statsforvalteren med sakens papirer.")
    else:
        after = _("Du får vite hva vi kommer til. Klageinstansen avgjør saken på egen hånd.")
    return letter(
        heading,
        LetterKind.COMPLAINT,
        N_("Vi har fått klagen din"),
        [
            Part(
                paragraphs=(
                    _("Klagen din kom {received}.").format(received=heading.day(received_on)),
                    _("Vi ser på svaret på nytt, senest {due}.").format(due=heading.day(answer_by)),
                    after,
                    _("Vi sletter ingenting i saken så lenge klagen ikke er avgjort."),
                )
            ),
            *reach(heading),
        ],
        [source for source in (body.source,) if source],
    )


def complaint_forwarded(heading: Heading, *, received_on: date, forwarded_on: date, reason: str) -> LetterBody:
    """That we stand by the answer, why, and that Statsforvalteren has the complaint. Raises LetterIncomplete."""
    _ = heading.translate
    if not reason.strip():
        raise LetterIncomplete(N_("Skriv hvorfor vi står ved svaret."))
    return letter(
        heading,
        LetterKind.COMPLAINT,
        N_("Vi har sendt klagen din til Statsforvalteren"),
        [
            Part(
                paragraphs=(
                    _("Vi har sett på svaret på nytt etter klagen din fra {received}, og står ved det.").format(
                        received=heading.day(received_on)
                    ),
                    reason.strip(),
                    _("Klagen og sakens papirer ble sendt til Statsforvalteren {forwarded}.").format(
                        forwarded=heading.day(forwarded_on)
                    ),
                    _("Du hører videre fra dem. Du kan også klage til Datatilsynet, www.datatilsynet.no."),
                )
            ),
            *reach(heading),
        ],
        [
            *(source for source in (ComplaintBody.COUNTY_GOVERNOR.source,) if source),
            TIME_TO_COMPLAIN,
            gdpr("art. 77"),
        ],
    )
