"""The notice says what the register states, shows what it lacks, and asserts nothing else."""

from datetime import UTC, date, datetime

import pytest

from processing.law.audiences import audience_of
from processing.law.bases import LegalBasis, SpecialCategory, SpecialCategoryGround
from processing.law.facts import ActivityStatus, Fact
from processing.law.parties import PartyRole, SourceKind
from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    DataCategoryRecord,
    DataRecord,
    DisclosureRecord,
    LegalGroundRecord,
    MeasureRecord,
    PartyRecord,
    PurposeRecord,
    Register,
    RetentionRecord,
    SourceRecord,
    SpecialGroundRecord,
    SubjectCategoryRecord,
    TransferRecord,
)
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionKind, RetentionTrigger
from processing.law.transfers import TransferTool
from processing.notices.body import Block, Line, NoticeBody, Role, Row, body_hash, from_payload, to_payload
from processing.notices.compose import compose_notice

DAY = date(2026, 11, 23)
CLIENTS = SubjectCategoryRecord(code="clients", name="Klienter")
NAME = DataCategoryRecord(code="name", name="Navn", public_name="navn")
HEALTH = DataCategoryRecord(
    code="health", name="Psykisk helse", public_name="hvordan du har det", special_category=SpecialCategory.HEALTH
)
JOURNAL_SYSTEM = PartyRecord(
    code="journal_system",
    role=PartyRole.PROCESSOR,
    service="Journalsystem",
    public_service="leverandøren av journalsystemet",
)


def silent(**stated: object) -> ActivityRecord:
    """An activity in use of which only `stated` is known."""
    return ActivityRecord(number="A90", code="a90", name="Prøve", status=ActivityStatus.ACTIVE, **stated)  # type: ignore[arg-type]


def notice_of(*activities: ActivityRecord, parties: tuple[PartyRecord, ...] = (), **facts: object) -> NoticeBody:
    """The notice of a register with these activities, and with `facts` about the controller."""
    controller = ControllerRecord(legal_name="Prøve AS", **facts)  # type: ignore[arg-type]
    register = Register(
        moment=datetime(2026, 11, 23, 12, tzinfo=UTC),
        controller=controller,
        activities=activities,
        parties=parties,
        subject_categories=(CLIENTS,),
    )
    return compose_notice(register, on=DAY)


def answers(body: NoticeBody, label: str) -> tuple[Line, ...]:
    """The lines of the only card's row, or detail row, with this label."""
    (card,) = body.cards
    rows: tuple[Row, ...] = (*card.rows, *card.details)
    return next(row.lines for row in rows if row.label == label)


NOT_STATED = (Line(missing=True),)


@pytest.mark.parametrize(
    "label",
    ["Hvorfor", "Derfor har vi lov", "Hva", "Hvor lenge", "Grunnlag", "Hvem det gjelder", "Kilder", "Land utenfor EØS"],
)
def test_what_the_register_does_not_state_is_shown_as_not_stated(label: str) -> None:
    assert answers(notice_of(silent()), label) == NOT_STATED


def test_recipients_that_are_not_stated_are_named_as_missing() -> None:
    assert answers(notice_of(silent()), "Hvem får se") == (Line(text="Mottakere utenfor virksomheten", missing=True),)


def test_purposes_use_the_public_words_where_there_are_some() -> None:
    purposes = (
        PurposeRecord(description="Intern ordlyd", public_description="For å svare deg."),
        PurposeRecord(description="Arkiv"),
    )
    assert answers(notice_of(silent(purposes=purposes)), "Hvorfor") == (
        Line(text="For å svare deg."),
        Line(text="Arkiv"),
    )


@pytest.mark.parametrize(
    ("ground", "plain", "exact"),
    [
        (
            LegalGroundRecord(basis=LegalBasis.CONTRACT),
            "Fordi vi har en avtale med deg, eller holder på å lage en.",
            "Avtale (art. 6 nr. 1 bokstav b)",
        ),
        (
            LegalGroundRecord(basis=LegalBasis.LEGAL_OBLIGATION, national_law="bokføringsloven § 13"),
            "Fordi loven krever det.",
            "Rettslig forpliktelse (art. 6 nr. 1 bokstav c), bokføringsloven § 13",
        ),
        (
            LegalGroundRecord(basis=LegalBasis.LEGITIMATE_INTEREST, legitimate_interest="å kunne svare"),
            "Vi mener at vi har en god grunn, og at den veier tyngre enn ulempen for deg: å kunne svare.",
            "Berettiget interesse (art. 6 nr. 1 bokstav f)",
        ),
        (
            LegalGroundRecord(basis=LegalBasis.CONSENT, scope="informasjonskapsler"),
            "Fordi du har sagt ja. Det gjelder bare informasjonskapsler.",
            "Samtykke (art. 6 nr. 1 bokstav a)",
        ),
    ],
)
def test_a_basis_is_told_in_plain_words_and_exactly(ground: LegalGroundRecord, plain: str, exact: str) -> None:
    body = notice_of(silent(legal_grounds=(ground,)))
    assert answers(body, "Derfor har vi lov") == (Line(text=plain),)
    assert answers(body, "Grunnlag") == (Line(text=exact),)


def test_the_same_basis_for_two_purposes_is_told_once_and_interests_are_gathered() -> None:
    consent = [LegalGroundRecord(basis=LegalBasis.CONSENT, purpose=purpose) for purpose in ("Nytt", "Tilbud")]
    interest = [
        LegalGroundRecord(basis=LegalBasis.LEGITIMATE_INTEREST, legitimate_interest=interest)
        for interest in ("å svare", "å huske")
    ]
    assert answers(notice_of(silent(legal_grounds=(*consent, *interest))), "Derfor har vi lov") == (
        Line(text="Fordi du har sagt ja."),
        Line(text="Vi mener at vi har en god grunn, og at den veier tyngre enn ulempen for deg: å svare og å huske."),
    )


def test_the_public_is_a_recipient_without_a_name() -> None:
    public = PartyRecord(code="public", role=PartyRole.PUBLIC, service="Alle lesere")
    body = notice_of(silent(disclosures=(DisclosureRecord(party=public),)), parties=(public,))
    assert answers(body, "Mottakere") == (Line(text="Alle lesere"),)


def test_recipients_are_gathered_by_their_role() -> None:
    mail = PartyRecord(code="mail", role=PartyRole.PROCESSOR, service="E-post", name="Prøvepost AS", country="NO")
    disclosures = (DisclosureRecord(party=JOURNAL_SYSTEM), DisclosureRecord(party=mail))
    (row,) = notice_of(silent(disclosures=disclosures), parties=(JOURNAL_SYSTEM, mail)).recipients.rows
    assert row.label == "Databehandler"
    assert row.lines == (
        Line(text="Leverandøren av journalsystemet. Gjelder «Prøve». Navn", missing=True),
        Line(text="E-post: Prøvepost AS (Norge). Gjelder «Prøve»."),
    )


def test_what_may_occur_is_told_apart_from_what_always_does() -> None:
    data = (
        DataRecord(category=NAME, subject=CLIENTS, presence=Fact.YES),
        DataRecord(category=HEALTH, subject=CLIENTS, presence=Fact.POSSIBLE),
    )
    assert answers(notice_of(silent(data=data)), "Hva") == (
        Line(text="Navn."),
        Line(text="Det kan også være hvordan du har det."),
    )


def test_special_categories_without_a_condition_show_that_it_is_missing() -> None:
    assert (
        answers(notice_of(silent(special_categories=Fact.POSSIBLE)), "Vilkår for følsomme opplysninger") == NOT_STATED
    )


def test_special_categories_with_a_condition_name_it() -> None:
    grounds = (
        SpecialGroundRecord(condition=SpecialCategoryGround.HEALTH_CARE, national_law="pasientjournalloven § 8"),
    )
    body = notice_of(silent(special_categories=Fact.YES, special_grounds=grounds))
    expected = "Helsetjenester under taushetsplikt (art. 9 nr. 2 bokstav h og nr. 3), pasientjournalloven § 8"
    assert answers(body, "Vilkår for følsomme opplysninger") == (Line(text=expected),)


def test_a_recipient_without_a_name_is_shown_without_one() -> None:
    body = notice_of(silent(disclosures=(DisclosureRecord(party=JOURNAL_SYSTEM),)), parties=(JOURNAL_SYSTEM,))
    assert answers(body, "Hvem får se") == (
        Line(text="Disse kan få opplysninger fra oss: leverandøren av journalsystemet."),
    )
    assert answers(body, "Mottakere") == (Line(text="Leverandøren av journalsystemet, navn", missing=True),)


def test_each_retention_rule_has_a_line_and_a_silent_one_says_what_it_covers() -> None:
    rules = (
        RetentionRecord(
            covers="Bilag",
            public_wording="Bilag har vi i fem år",
            period=5,
            unit=PeriodUnit.YEARS,
            kind=RetentionKind.MINIMUM,
        ),
        RetentionRecord(covers="Resten"),
    )
    assert answers(notice_of(silent(retention=rules)), "Hvor lenge") == (
        Line(text="Bilag har vi i fem år."),
        Line(text="Resten", missing=True),
    )


def test_without_a_basis_only_the_rights_that_always_hold_are_promised() -> None:
    lines = answers(notice_of(silent()), "Du kan")
    assert lines[0] == Line(text="Se eller få kopi av opplysningene og be oss rette feil.")
    assert lines[-1] == Line(text="Resten kommer an på grunnlaget", missing=True)


def test_consent_says_how_it_is_withdrawn() -> None:
    ground = LegalGroundRecord(basis=LegalBasis.CONSENT, consent_withdrawal="bruk lenken nederst i e-posten")
    assert Line(text="Slik trekker du samtykket: bruk lenken nederst i e-posten.") in answers(
        notice_of(silent(legal_grounds=(ground,))), "Du kan"
    )


def test_a_transfer_names_what_is_missing_about_it() -> None:
    transfers = (TransferRecord(party=JOURNAL_SYSTEM, tool=TransferTool.SCC),)
    body = notice_of(silent(transfers_outside_eea=Fact.POSSIBLE, transfers=transfers))
    assert answers(body, "Land utenfor EØS") == (
        Line(text="Noe kan gå ut av EØS."),
        Line(text="Leverandøren av journalsystemet, land", missing=True),
        Line(text="EUs standardkontrakter"),
    )


def test_the_companys_word_on_automated_decisions_holds_where_the_activity_is_silent() -> None:
    assert answers(notice_of(silent(), automated_decisions=Fact.NO), "Avgjør en maskin noe?") == (Line(text="Nei."),)
    assert answers(notice_of(silent()), "Avgjør en maskin noe?") == NOT_STATED


def test_sources_other_than_the_person_are_told() -> None:
    sources = (SourceRecord(kind=SourceKind.DATA_SUBJECT), SourceRecord(kind=SourceKind.REFERRER))
    assert answers(notice_of(silent(sources=sources)), "Kilder") == (
        Line(text="Deg selv"),
        Line(text="Fastlegen eller den som henviste deg"),
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"sells_data": Fact.NO}, "Vi selger aldri opplysninger."),
        ({"professional_secrecy": Fact.YES}, "Vi har taushetsplikt."),
    ],
)
def test_a_promise_is_printed_only_when_the_register_states_it(facts: dict[str, Fact], sentence: str) -> None:
    assert sentence in notice_of(silent(), **facts).lead
    assert sentence not in " ".join(notice_of(silent()).lead)
    opposite = {name: Fact.YES if fact is Fact.NO else Fact.NO for name, fact in facts.items()}
    assert sentence not in " ".join(notice_of(silent(), **opposite).lead)


def test_a_long_minimum_is_told_on_the_first_screen() -> None:
    long = RetentionRecord(
        kind=RetentionKind.MINIMUM,
        period=10,
        unit=PeriodUnit.YEARS,
        trigger=RetentionTrigger.LAST_ENTRY,
        public_wording="Vi har den i minst ti år.",
    )
    assert "Noe tar vi vare på lenge. Prøve: Vi har den i minst ti år." in notice_of(silent(retention=(long,))).lead


def test_the_right_to_object_stands_apart_and_names_what_a_basis_gives_it_for() -> None:
    contract = silent(legal_grounds=(LegalGroundRecord(basis=LegalBasis.CONTRACT),))
    interest = silent(legal_grounds=(LegalGroundRecord(basis=LegalBasis.LEGITIMATE_INTEREST, legitimate_interest="x"),))
    always = Line(text="Reklame fra oss kan du alltid si nei til. Da stopper vi, og du trenger ingen grunn.")
    assert notice_of(contract).objection.lines == (always,)  # type: ignore[union-attr]
    lines = notice_of(interest).objection.lines  # type: ignore[union-attr]
    assert "«Prøve»" in lines[0].text
    assert lines[-1] == always


def test_law_that_has_ended_is_told_as_ended() -> None:
    ground = LegalGroundRecord(basis=LegalBasis.CONSENT, national_law="ekomloven § 2-7b")
    shield = TransferRecord(tool=TransferTool.PRIVACY_SHIELD, country="US")
    body = notice_of(silent(legal_grounds=(ground,), transfers_outside_eea=Fact.YES, transfers=(shield,)))
    assert answers(body, "Grunnlag") == (
        Line(text="Samtykke (art. 6 nr. 1 bokstav a), ekomloven § 2-7b (gjelder ikke lenger)"),
    )
    assert Line(text="Privacy Shield (gjelder ikke lenger)") in answers(body, "Land utenfor EØS")


def test_marketing_can_always_be_refused() -> None:
    objection = notice_of(silent(regime=LegalRegime.MARKETING)).objection
    assert objection is not None
    assert objection.lines[0].text == "Sier du nei til markedsføring, stopper vi uansett: «Prøve»."


def test_rights_no_activity_gives_are_left_out() -> None:
    contract = notice_of(
        silent(legal_grounds=(LegalGroundRecord(basis=LegalBasis.CONTRACT),), regime=LegalRegime.GDPR_ONLY)
    )
    assert {right.code for right in contract.rights} == {
        "access",
        "rectification",
        "erasure",
        "restriction",
        "portability",
    }


def test_a_complaint_about_a_journal_goes_to_the_county_governor_first() -> None:
    journal = notice_of(silent(regime=LegalRegime.HEALTH_RECORD), supervisory_authority="Datatilsynet").complaint
    other = notice_of(silent(regime=LegalRegime.GDPR_ONLY), supervisory_authority="Datatilsynet").complaint
    assert [row.label for row in journal.rows] == ["Gjelder det journalen?", "Gjelder det noe annet?", "Til domstolen"]
    governor, limit, also = journal.rows[0].lines
    assert "Statsforvalteren" in governor.text
    assert "innen fire uker" in limit.text
    assert also.text == "Du kan også klage til Datatilsynet."
    (authority,) = journal.rows[1].lines
    assert "kan du klage til Datatilsynet" in authority.text
    assert "Statsforvalteren" not in str(other)
    assert other.rows[0].lines == (authority,)


def test_a_journal_that_nobody_has_placed_under_a_law_gives_the_way_as_an_if() -> None:
    rule = RetentionRecord(trigger=RetentionTrigger.LAST_ENTRY, period=10, unit=PeriodUnit.YEARS)
    first, second, *_ = notice_of(silent(retention=(rule,))).complaint.rows[0].lines
    assert first == Line(text="Om journalen følger helselovene", missing=True)
    assert second.text.startswith("Gjør den det, kan du klage til Statsforvalteren")


def test_the_first_layer_is_short_and_holds_one_surprise() -> None:
    """service.md A1: at most 120 words. WP260: who, why, rights, and what may surprise."""
    long = RetentionRecord(
        kind=RetentionKind.MINIMUM, period=10, unit=PeriodUnit.YEARS, public_wording=" ".join(["ord"] * 900)
    )
    longer = RetentionRecord(kind=RetentionKind.MINIMUM, period=12, unit=PeriodUnit.YEARS, public_wording="Tolv år.")
    stated = {"professional_secrecy": Fact.YES, "sells_data": Fact.NO}
    body = notice_of(silent(retention=(long, longer), transfers_outside_eea=Fact.YES), **stated)
    assert body.lead[3] == "Noe tar vi vare på lenge. Prøve: Tolv år."
    assert notice_of(silent(retention=(long,))).lead[2] == "Noe tar vi vare på lenge. Prøve har vi i minst 10 år."
    assert notice_of(silent(transfers_outside_eea=Fact.YES)).lead[2] == "Noen opplysninger kan komme ut av EØS."
    for one in (body, notice_of(silent(retention=(long,)))):
        assert len(" ".join([one.title, *one.lead]).split()) <= 120


def of_clients(number: str, *purposes: str) -> ActivityRecord:
    return ActivityRecord(
        number=number,
        code=number.lower(),
        name=number,
        status=ActivityStatus.ACTIVE,
        purposes=tuple(PurposeRecord(description="Internt", public_description=text) for text in purposes),
        data=(DataRecord(category=NAME, subject=CLIENTS, presence=Fact.YES),),
    )


@pytest.mark.parametrize(
    ("activities", "said"),
    [
        ((of_clients("A01", "For å svare deg."),), "Vi bruker dem for å svare deg."),
        (
            (of_clients("A01", "For å svare deg.", "For å huske."), of_clients("A02", "For å gi deg hjelp.")),
            "Vi bruker dem for å svare deg og gi deg hjelp.",
        ),
        (tuple(of_clients(f"A0{n}", f"For å {n}.") for n in range(1, 6)), "Vi bruker dem for å 1, 2 og 3."),
        ((of_clients("A01", "Arkiv.", "For å svare."),), "Vi bruker dem for å svare."),
        ((of_clients("A01", f"For å {'gå ' * 30}"),), ""),
        ((of_clients("A01", "For å svare. Og for å selge."),), ""),
        ((of_clients("A01"),), ""),
        ((silent(purposes=(PurposeRecord(description="x", public_description="For å svare."),)),), ""),
    ],
)
def test_the_first_line_names_the_main_purposes_in_the_words_of_the_register(activities, said) -> None:
    """WP260, on the first layer: the purposes. Those of the activities that concern most readers, and three at most."""
    assert notice_of(*activities).lead[0] == f"Prøve AS har ansvaret for opplysningene. {said}".strip()


@pytest.mark.parametrize(
    ("name", "code", "title"),
    [
        ("Klienter", "klient", "Klient"),
        ("Mulige klienter", "mulig-klient", "Mulig klient"),
        ("Omtalte tredjepersoner", "parorende", "Omtalt av andre"),
        ("Jobbsøkere", "jobbsoker", "Jobbsøker"),
        ("Abonnenter på nyhetsbrev", "nyhetsbrev", "Nyhetsbrev"),
        ("Besøkende på nettstedet", "nettstedet", "Nettstedet"),
        ("Kontakter hos samarbeidspartnere", "samarbeid", "Samarbeidspartner"),
        ("Tilknyttede selvstendig næringsdrivende", "selvstendig", "Selvstendig"),
        ("Ansatte", "ansatt", "Ansatt"),
        ("Barn og unge", "barn-og-unge", "Barn og unge"),
        ("Æ, Ø og Å", "ae-o-og-a", "Æ, Ø og Å"),
    ],
)
def test_a_category_is_the_role_its_people_would_choose(name: str, code: str, title: str) -> None:
    subject = SubjectCategoryRecord(code="x", name=name)
    assert (audience_of(subject).slug, audience_of(subject).label) == (code, title)


def test_categories_that_are_one_role_to_the_reader_are_one_and_counted_once() -> None:
    patients = SubjectCategoryRecord(code="patients", name="Pasienter")
    data = tuple(DataRecord(category=NAME, subject=who, presence=Fact.YES) for who in (CLIENTS, patients))
    register = Register(
        moment=datetime(2026, 11, 23, tzinfo=UTC),
        controller=ControllerRecord(legal_name="Prøve AS"),
        activities=(silent(data=data),),
        subject_categories=(CLIENTS, patients),
    )
    body = compose_notice(register, on=DAY)
    assert body.roles == (Role(code="klient", title="Klient", cards=1, people="klienter og pasienter"),)
    assert body.cards[0].roles == ("klient",)


def test_each_recipient_abroad_is_told_with_country_ground_and_cards() -> None:
    transfer = TransferRecord(party=JOURNAL_SYSTEM, country="US", tool=TransferTool.SCC)
    body = notice_of(silent(transfers_outside_eea=Fact.YES, transfers=(transfer,)))
    (row,) = body.transfers.rows
    assert row.label == "Leverandøren av journalsystemet"
    assert [line.text for line in row.lines] == [
        "USA.",
        "EUs standardkontrakter (art. 46 nr. 2 bokstav c).",
        "Gjelder «Prøve».",
    ]
    unknown = notice_of(silent(transfers_outside_eea=Fact.YES, transfers=(TransferRecord(party=JOURNAL_SYSTEM),)))
    assert [line for line in unknown.transfers.rows[0].lines if line.missing] == [
        Line(text="Land", missing=True),
        Line(text="Grunnlag for overføringen", missing=True),
    ]


@pytest.mark.parametrize(
    ("said", "expected"), [(Fact.YES, "får du en kopi"), (Fact.NOT_STATED, "Hvordan du får en kopi")]
)
def test_how_to_get_a_copy_of_the_safeguards_is_told_or_missing(said: Fact, expected: str) -> None:
    """Art. 13(1)(f): «the means by which to obtain a copy of them»."""
    body = notice_of(silent(transfers_outside_eea=Fact.YES), transfers_documented_on_request=said)
    (line,) = [line for line in body.transfers.lines if "kopi" in line.text]
    assert expected in line.text
    assert line.missing == (said is Fact.NOT_STATED)


def test_every_right_of_a_card_has_its_reason_and_provision() -> None:
    contract = silent(legal_grounds=(LegalGroundRecord(basis=LegalBasis.CONTRACT),), regime=LegalRegime.GDPR_ONLY)
    reasons = [line.text for line in answers(notice_of(contract), "Hvorfor du kan det")]
    assert reasons[0] == ("Se eller få kopi av opplysningene: Retten til innsyn gjelder uansett grunnlag. (art. 15)")
    assert any(text.startswith("Få en fil med det du har gitt oss: ") for text in reasons)
    duty = silent(legal_grounds=(LegalGroundRecord(basis=LegalBasis.LEGAL_OBLIGATION),), regime=LegalRegime.ACCOUNTING)
    told = [line.text for line in answers(notice_of(duty), "Hvorfor du kan det")]
    assert any(text.startswith("Vi kan ikke slette: Loven krever") for text in told)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Ett avsnitt.", (Block(("Ett avsnitt.",)),)),
        ("Over to\nlinjer.", (Block(("Over to linjer.",)),)),
        ("Først.\n\nSå.", (Block(("Først.",)), Block(("Så.",)))),
        ("Dette:\n- én\n- to", (Block(("Dette:",)), Block(("én", "to"), is_list=True))),
        ("- én\r\n\r\nSlutt.", (Block(("én",), is_list=True), Block(("Slutt.",)))),
        ("<b>fet</b> & *stjerne*", (Block(("<b>fet</b> & *stjerne*",)),)),
        ("5-10 år - eller mer", (Block(("5-10 år - eller mer",)),)),
    ],
)
def test_text_is_paragraphs_and_lists_and_nothing_else(text: str, blocks: tuple[Block, ...]) -> None:
    assert Line(text=text).blocks == blocks


def test_a_version_of_the_first_schema_is_still_read() -> None:
    """What was frozen before a field existed says nothing of it."""
    stored = to_payload(notice_of(silent(data=(DataRecord(category=NAME, subject=CLIENTS, presence=Fact.YES),))))
    stored["schema"] = 1
    for part in (stored["objection"], stored["recipients"]):
        del part["source"]
    for role in stored["roles"]:
        del role["people"]
    for card in stored["cards"]:
        for row in (*card["rows"], *card["details"]):
            del row["key"], row["source"]
    body = from_payload(stored)
    assert body.schema == 1
    assert body.cards[0].rows[0].key == ""
    del stored["cards"]
    with pytest.raises(KeyError):
        from_payload(stored)


def test_only_activities_in_use_on_the_day_are_told_of() -> None:
    gone = silent(valid_to=date(2026, 11, 22))
    assert notice_of(gone).cards == ()
    assert [card.number for card in notice_of(silent(valid_from=DAY)).cards] == ["A90"]


def test_the_general_measures_are_the_security_section() -> None:
    register = Register(
        moment=datetime(2026, 11, 23, tzinfo=UTC),
        controller=ControllerRecord(legal_name="Prøve AS"),
        measures=(
            MeasureRecord(code="mfa", name="MFA", public_name="innlogging i to steg", general=True),
            MeasureRecord(code="x", name="Skap"),
        ),
    )
    assert compose_notice(register, on=DAY).security.lines == (Line(text="Innlogging i to steg"),)


def test_an_empty_register_has_nobody_to_speak() -> None:
    with pytest.raises(ValueError, match="controller"):
        compose_notice(Register(moment=datetime(2026, 1, 1, tzinfo=UTC)), on=DAY)


def test_a_body_survives_storage() -> None:
    body = notice_of(silent(retention=(RetentionRecord(covers="Navn"),)), supervisory_authority="Datatilsynet")
    assert from_payload(to_payload(body)) == body
    assert body_hash(from_payload(to_payload(body))) == body_hash(body)


def test_the_hash_tells_two_texts_apart() -> None:
    assert body_hash(notice_of(silent())) != body_hash(notice_of(silent(public_name="Annet navn")))
