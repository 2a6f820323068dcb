"""The invented cases, one row each. Nobody here exists, and every name says so.

Together they stand in every status there is; tests/rights/test_load_demo.py holds them to that.
"""

from dataclasses import dataclass
from functools import partial

from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.demonstration.acts import Act, end_as_the_oldest
from rights.law.answers import Point
from rights.law.extensions import ExtensionReason
from rights.law.identity import IdentityMethod
from rights.law.keeping import HoldReason
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import Channel, ContactWay, CopyFirst, Relation
from rights.letters.body import Delivery
from rights.services import answering, following, handling, holds, questions, ticking
from rights.services.ending import end_case
from rights.services.intake import NO_PARTICULARS, Particulars
from rights.workflow import Ending

TWO_WEEKS_OF_NEWSLETTERS = (12, 8, 5)
"""Enough of one kind for the figures to be shown: a count under three never is."""


@dataclass(frozen=True, kw_only=True)
class DemoCase:
    """Who asked for what, how many days ago, and what was done since. A channel other than WEB: written in by us."""

    name: str
    days_ago: int
    relation: Relation
    rights: tuple[Right, ...] = ()
    channel: Channel = Channel.WEB
    contact_way: ContactWay = ContactWay.FOLLOW
    email: str = ""
    address: str = ""
    particulars: Particulars = NO_PARTICULARS
    acts: tuple[Act, ...] = ()


def _took(days_ago: int) -> Act:
    return Act(service=handling.take_case, days_ago=days_ago)


def _under(regime: LegalRegime, days_ago: int) -> Act:
    return Act(service=handling.confirm_regimes, days_ago=days_ago, values={"regimes": {regime}})


def _recognised(method: IdentityMethod, days_ago: int) -> Act:
    return Act(service=handling.record_identity, days_ago=days_ago, values={"method": method}, dated="on")


def _decided(
    right: Right,
    outcome: Outcome,
    days_ago: int,
    reason: str = "",
    ground: RefusalGround | None = None,
    point: int = 0,
) -> Act:
    values = {"right": right, "point": point, "outcome": outcome, "ground": ground, "reason": reason}
    return Act(service=handling.decide_right, days_ago=days_ago, values=values)


def _wrote(days_ago: int, *, journal_noted: bool = False) -> Act:
    return Act(service=answering.make_answer, days_ago=days_ago, values={"journal_noted": journal_noted})


def _delivered(delivery: Delivery, days_ago: int) -> Act:
    return Act(service=answering.record_delivery, days_ago=days_ago, values={"delivery": delivery}, dated="on")


def _ended(ending: Ending, days_ago: int, words: str = "") -> Act:
    return Act(service=end_case, days_ago=days_ago, values={"ending": ending, "words": words})


def _took_back(days_ago: int) -> Act:
    return Act(service=following.withdraw_own_case, days_ago=days_ago, by=None)


_granted = partial(_decided, outcome=Outcome.GRANTED)
_RECORD = LegalRegime.HEALTH_RECORD
_GDPR = LegalRegime.GDPR_ONLY

_JOURNAL_REFUSED = _decided(
    Right.ERASURE,
    Outcome.REFUSED,
    1,
    "Teksten er riktig, og den trengs for at du skal få god hjelp videre. Derfor kan vi ikke slette den.",
    RefusalGround.JOURNAL_KEPT,
    point=1,
)

OPEN: tuple[DemoCase, ...] = (
    DemoCase(
        name="Test Testesen",
        days_ago=0,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS,),
        contact_way=ContactWay.CALL,
        particulars=Particulars(message="Jeg vil gjerne lese det som står om meg.", explain_words=True),
    ),
    DemoCase(
        name="Usikker Testesen",
        days_ago=2,
        relation=Relation.OTHER,
        particulars=Particulars(message="Jeg vet ikke helt hva jeg kan be om. Kan noen ringe?"),
        acts=(Act(service=following.want_call, days_ago=1, by=None),),
    ),
    DemoCase(
        name="Fare Testesen",
        days_ago=0,
        relation=Relation.CLIENT,
        rights=(Right.ERASURE,),
        particulars=Particulars(
            copy_first=CopyFirst.ASK,
            points=(Point(Right.ERASURE, "Alt fra i fjor høst."),),
            message="Jeg orker ikke mer. Dette er en prøve på teksten som gir varsel.",
        ),
    ),
    DemoCase(
        name="Glemt Testesen",
        days_ago=36,
        relation=Relation.PARTNER,
        rights=(Right.ACCESS,),
        channel=Channel.LETTER,
        contact_way=ContactWay.LETTER,
        address="Prøveveien 1\n0001 Oslo",
        particulars=Particulars(message="Jeg ber om innsyn i det dere har om meg."),
    ),
    DemoCase(
        name="Forsinket Testesen",
        days_ago=34,
        relation=Relation.CLIENT,
        rights=(Right.RECTIFICATION,),
        particulars=Particulars(points=(Point(Right.RECTIFICATION, "Telefonnummeret er gammelt."),)),
        acts=(_took(30), _under(_GDPR, 30), _recognised(IdentityMethod.CALL_BACK, 29)),
    ),
    DemoCase(
        name="Snart Testesen",
        days_ago=26,
        relation=Relation.APPLICANT,
        rights=(Right.ERASURE,),
        contact_way=ContactWay.EMAIL,
        email="snart@demo.example",
        particulars=Particulars(
            copy_first=CopyFirst.NO, points=(Point(Right.ERASURE, "Søknaden og vitnemålene mine."),)
        ),
        acts=(
            _took(20),
            _under(LegalRegime.RECRUITMENT, 20),
            Act(
                service=questions.ask_person,
                days_ago=9,
                values={"text": "Søkte du på stillingen i vår, eller på den i høst?"},
            ),
            Act(
                service=questions.reply_to_question,
                days_ago=8,
                values={"text": "Den i høst."},
                by=None,
            ),
            Act(
                service=handling.write_note,
                days_ago=6,
                values={"text": "Spurt lederen om søknaden også ligger i e-posten."},
            ),
        ),
    ),
    DemoCase(
        name="Ukjent Testesen",
        days_ago=9,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS, Right.ACCESS_LOG),
        contact_way=ContactWay.CALL,
        acts=(
            _took(8),
            _under(_RECORD, 8),
            Act(
                service=answering.ask_identity,
                days_ago=7,
                values={"reason": "Kravet gjelder journalen, og vi vet ikke hvem som skrev det."},
            ),
        ),
    ),
    DemoCase(
        name="Grundig Testesen",
        days_ago=44,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS, Right.RECTIFICATION),
        particulars=Particulars(points=(Point(Right.RECTIFICATION, "Datoen for første time er feil."),)),
        acts=(
            _took(42),
            _under(_RECORD, 42),
            _recognised(IdentityMethod.IN_PERSON, 40),
            Act(
                service=handling.extend_case,
                days_ago=20,
                values={
                    "reason": ExtensionReason.COMPLEXITY,
                    "words": "Journalen går over ti år, og hvert avsnitt må leses.",
                },
                dated="told_on",
            ),
            _granted(Right.RECTIFICATION, days_ago=10, point=1),
        ),
    ),
    DemoCase(
        name="Tosidig Testesen",
        days_ago=15,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS,),
        acts=(
            _took(14),
            _under(_RECORD, 14),
            _recognised(IdentityMethod.EID, 12),
            _decided(
                Right.ACCESS,
                Outcome.PARTLY,
                3,
                "Ett avsnitt er holdt tilbake. En annen behandler kan lese det for deg.",
                RefusalGround.JOURNAL_DANGER,
            ),
        ),
    ),
    DemoCase(
        name="Ferdig Testesen",
        days_ago=11,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS,),
        contact_way=ContactWay.CALL,
        acts=(
            _took(10),
            _under(_RECORD, 10),
            _recognised(IdentityMethod.KNOWN_IN_PERSON, 6),
            _granted(Right.ACCESS, days_ago=1),
            Act(
                service=ticking.tick_steps,
                days_ago=1,
                values={"right": Right.ACCESS, "steps": {"search"}},
            ),
            _wrote(0),
        ),
    ),
    DemoCase(
        name="Overlatt Testesen",
        days_ago=18,
        relation=Relation.VISITOR,
        rights=(Right.OBJECTION,),
        channel=Channel.PHONE,
        particulars=Particulars(points=(Point(Right.OBJECTION, "Statistikken på nettstedet."),)),
        acts=(
            _took(17),
            Act(
                service=handling.hand_over,
                days_ago=4,
                values={"words": "Du kjenner statistikken best. Kan du ta denne?", "to": Role.LEADER},
            ),
            Act(
                service=following.add_to_own_case,
                days_ago=2,
                values={"right": Right.ACCESS, "text": ""},
                by=None,
            ),
        ),
    ),
)
"""What the desk owes an answer, from the newest to what was forgotten."""

DONE: tuple[DemoCase, ...] = (
    *(
        DemoCase(
            name=f"Nyhetsbrev Testesen {number}",
            days_ago=days_ago,
            relation=Relation.SUBSCRIBER,
            rights=(Right.OBJECTION_MARKETING,),
            channel=Channel.EMAIL,
            contact_way=ContactWay.EMAIL,
            email=f"nyhetsbrev{number}@demo.example",
            particulars=Particulars(message="Ikke send meg mer."),
            acts=(
                _took(days_ago),
                _under(LegalRegime.MARKETING, days_ago),
                _granted(Right.OBJECTION_MARKETING, days_ago=days_ago),
                _wrote(days_ago),
                _delivered(Delivery.EMAIL, days_ago),
            ),
        )
        for number, days_ago in enumerate(TWO_WEEKS_OF_NEWSLETTERS, start=1)
    ),
    DemoCase(
        name="Fornøyd Testesen",
        days_ago=16,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS, Right.PORTABILITY),
        acts=(
            _took(15),
            _under(_GDPR, 15),
            _recognised(IdentityMethod.EID, 13),
            _granted(Right.ACCESS, days_ago=2),
            _decided(
                Right.PORTABILITY,
                Outcome.PARTLY,
                2,
                "Notatene våre er ikke noe du har gitt oss. Dem får du som kopi.",
                RefusalGround.NOT_PROVIDED,
            ),
            _wrote(1),
            _delivered(Delivery.DIGITAL_MAILBOX, 0),
        ),
    ),
    DemoCase(
        name="Uenig Testesen",
        days_ago=21,
        relation=Relation.CLIENT,
        rights=(Right.ERASURE,),
        particulars=Particulars(
            copy_first=CopyFirst.YES, points=(Point(Right.ERASURE, "Notatet om den første samtalen."),)
        ),
        acts=(
            _took(20),
            _under(_RECORD, 20),
            _recognised(IdentityMethod.IN_PERSON, 19),
            _granted(Right.ACCESS, days_ago=2),
            _JOURNAL_REFUSED,
            _wrote(1, journal_noted=True),
            _delivered(Delivery.REGISTERED, 0),
            Act(
                service=holds.set_hold,
                days_ago=0,
                values={"reason": HoldReason.COMPLAINT, "words": "Personen ringte og vil klage til Statsforvalteren."},
                by=Role.LEADER,
            ),
        ),
    ),
    DemoCase(
        name="Angret Testesen",
        days_ago=8,
        relation=Relation.CLIENT,
        rights=(Right.ERASURE,),
        particulars=Particulars(copy_first=CopyFirst.NO),
        acts=(_took(7), _took_back(3)),
    ),
    DemoCase(
        name="Slettet Testesen",
        days_ago=50,
        relation=Relation.OTHER,
        rights=(Right.RESTRICTION,),
        particulars=Particulars(message="Denne teksten er slettet når du leser saken."),
        acts=(_took_back(45),),
    ),
    DemoCase(
        name="Dobbel Testesen",
        days_ago=2,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS,),
        acts=(_took(1), Act(service=end_as_the_oldest, days_ago=1)),
    ),
    DemoCase(
        name="Feilsendt Testesen",
        days_ago=6,
        relation=Relation.OTHER,
        rights=(Right.ACCESS,),
        channel=Channel.LETTER,
        contact_way=ContactWay.LETTER,
        address="Prøveveien 2\n0001 Oslo",
        acts=(
            _took(5),
            _ended(Ending.REDIRECTED, 3, "Kravet gjelder fastlegen din. Vi har ikke noe med den journalen å gjøre."),
        ),
    ),
    DemoCase(
        name="Advokat Testesen",
        days_ago=10,
        relation=Relation.OTHER,
        rights=(Right.ACCESS,),
        channel=Channel.LETTER,
        contact_way=ContactWay.LETTER,
        address="Prøveveien 3\n0001 Oslo",
        acts=(
            _took(9),
            _ended(Ending.NOT_ENTITLED, 2, "Vi har ikke fått en fullmakt som viser at du kan spørre."),
        ),
    ),
    DemoCase(
        name="Ukjent Testesen",
        days_ago=25,
        relation=Relation.CLIENT,
        rights=(Right.ACCESS,),
        channel=Channel.LETTER,
        contact_way=ContactWay.LETTER,
        address="Prøveveien 4\n0001 Oslo",
        acts=(
            _took(24),
            Act(service=answering.ask_identity, days_ago=23, values={"reason": "Vi kjenner ikke adressen."}),
            _ended(Ending.NOT_IDENTIFIED, 2, "Vi spurte hvem du er, og har ikke hørt noe."),
        ),
    ),
    DemoCase(
        name="Søppel Testesen",
        days_ago=4,
        relation=Relation.OTHER,
        rights=(Right.ACCESS,),
        acts=(_ended(Ending.NOT_A_REQUEST, 3),),
    ),
)
"""What has ended, in every way a case can."""

CASES = (*OPEN, *DONE)
