"""What the form says a right can do, from the register. Sources: law.md C3, R-RT-2."""

import pytest

from processing.law.bases import LegalBasis
from processing.law.facts import Fact
from processing.law.plain_language import lix, longest_sentence
from processing.law.records import DataCategoryRecord, DataRecord, LegalGroundRecord, SubjectCategoryRecord
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.law.advice import (
    advice_on,
    concerning,
    may_rest_on_consent,
    must_keep_some,
    relation_of_role,
    relation_suggested,
)
from rights.law.terms import Relation
from tests.builders import make_bare_activity_record


def activity(name, *bases, people=("Klienter",), regime=None):
    category = DataCategoryRecord(code="name", name="Navn")
    return make_bare_activity_record(
        name=name,
        public_name=name,
        regime=regime,
        legal_grounds=tuple(LegalGroundRecord(basis=basis) for basis in bases),
        data=tuple(
            DataRecord(category=category, subject=SubjectCategoryRecord(code=who, name=who), presence=Fact.YES)
            for who in people
        ),
    )


JOURNAL = activity(
    "Journal",
    LegalBasis.LEGAL_OBLIGATION,
    people=("Klienter", "Omtalte tredjepersoner"),
    regime=LegalRegime.HEALTH_RECORD,
)
NEWSLETTER = activity("Nyhetsbrev", LegalBasis.CONSENT, people=("Abonnenter på nyhetsbrev",))
PURCHASE = activity("Timer", LegalBasis.LEGAL_OBLIGATION, LegalBasis.CONTRACT)
SILENT = activity("Uoppgitt")
ENQUIRIES = activity("Henvendelser", LegalBasis.LEGITIMATE_INTEREST, people=("Klienter", "Besøkende på nettstedet"))
ALL = (JOURNAL, NEWSLETTER, PURCHASE, SILENT, ENQUIRIES)


@pytest.mark.parametrize(
    ("relation", "names"),
    [
        (Relation.CLIENT, ["Journal", "Timer", "Uoppgitt", "Henvendelser"]),
        (Relation.RELATIVE, ["Journal"]),
        (Relation.SUBSCRIBER, ["Nyhetsbrev"]),
        (Relation.VISITOR, ["Henvendelser"]),
        (Relation.APPLICANT, []),
        (Relation.OTHER, [one.name for one in ALL]),
        (None, [one.name for one in ALL]),
    ],
)
def test_a_relation_meets_the_activities_about_its_people(relation, names):
    assert [one.name for one in concerning(ALL, relation)] == names


@pytest.mark.parametrize(
    ("one", "relation"),
    [(JOURNAL, Relation.CLIENT), (NEWSLETTER, Relation.SUBSCRIBER), (ENQUIRIES, None), (PURCHASE, Relation.CLIENT)],
)
def test_an_activity_suggests_a_relation_only_where_it_is_about_one_kind_of_people(one, relation):
    assert relation_suggested(one) is relation


@pytest.mark.parametrize(
    ("slug", "relation"),
    [
        *[("klient", Relation.CLIENT), ("selvstendig", Relation.PARTNER), ("kommentar", Relation.VISITOR)],
        *[("mulig-klient", None), ("", None), ("sjef", None)],
    ],
)
def test_a_role_of_the_notice_is_a_relation_of_the_form(slug, relation):
    assert relation_of_role(slug) is relation


def test_deletion_tells_what_goes_what_may_go_and_what_stays():
    [advice] = advice_on([Right.ERASURE], ALL)
    assert advice.applies == ("Nyhetsbrev",)
    assert advice.sometimes == ("Journal", "Timer", "Henvendelser")
    assert advice.never == ()
    assert advice.unknown == ("Uoppgitt",)
    assert "Noe må vi ta vare på" in " ".join(advice.sentences)
    assert advice_on([Right.ERASURE], [NEWSLETTER])[0].sentences == ("Vi sletter dette når du ber om det.",)


def test_the_duty_to_keep_and_the_consents_are_read_from_the_grounds():
    assert must_keep_some([PURCHASE])
    assert not must_keep_some([NEWSLETTER, ENQUIRIES, SILENT])
    assert may_rest_on_consent(ALL) == (NEWSLETTER, SILENT)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("activities", [(), ALL, (NEWSLETTER,), (SILENT,), (JOURNAL,)])
def test_every_right_has_plain_advice_and_is_never_talked_away(right, activities):
    [advice] = advice_on([right], activities)
    said = " ".join(advice.sentences)
    assert advice.right is right
    assert 1 <= len(advice.sentences) <= 2
    assert lix(said) <= 35
    assert longest_sentence(said) <= 20
    named = [*advice.applies, *advice.sometimes, *advice.never, *advice.unknown]
    assert sorted(named) == sorted(one.name for one in activities)
