"""The register as JSON-LD: it is RDF, its terms exist in DPV, and the file explains those of our own."""

import json
from dataclasses import replace

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from processing.exports import dpv, dpv_terms
from processing.exports.dpv import register_jsonld
from processing.exports.dpv_terms import (
    BY_CODE,
    CLASSES,
    DESCRIBED,
    DPIA_NEEDED,
    LINKED,
    NAMESPACE,
    PREFIXES,
    RIGHTS,
)
from processing.exports.editions import edition_of
from processing.exports.json import payload_hash
from processing.exports.tables import tables
from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.countries import country_name
from processing.law.editions import Edition
from processing.law.facts import Fact
from processing.law.records import LegalGroundRecord, Register, SpecialGroundRecord, TransferRecord
from processing.law.regimes import LegalRegime
from processing.law.transfers import TransferTool
from processing.services.table_words import table_words
from tests.builders import JOURNAL_SUPPLIER, make_activity_record, make_register
from tests.processing.linked import graph_of
from tests.processing.spreadsheets import EMPTY, LEDGER
from tests.repository.tree import ROOT, text

LISTED = json.loads(text(ROOT / "tests" / "data" / "dpv-terms.json"))
TERMS = LISTED["terms"]
VOCABULARIES = ("dpv", "pd", "eu-gdpr", "loc")


def iri(compact: str) -> URIRef:
    prefix, _colon, name = compact.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def read(register: Register, which: Edition = Edition.INTERNAL) -> Graph:
    content = register_jsonld(edition_of(register, which), words=table_words(), ledger=replace(LEDGER, edition=which))
    return graph_of(content)


def activity_in(graph: Graph):
    return graph.value(predicate=RDF.type, object=iri("dpv:PersonalDataHandling"))


def terms_of_the_program() -> set[str]:
    """Every term that the mapping can write."""
    found = {"dpv:ROPA"}
    for described in DESCRIBED.values():
        found |= {*described.classes, described.link, *described.columns.values()}
    for classes in CLASSES.values():
        found |= {term for terms in classes.values() for term in terms}
    for link, pointed in LINKED.values():
        found |= {link, *pointed.values()}
    found |= {*RIGHTS.values(), *DPIA_NEEDED.values()}
    found |= {term for narrower in BY_CODE.values() for term in narrower.values()}
    return {term for term in found if term.startswith(tuple(f"{name}:" for name in VOCABULARIES))}


def test_every_term_of_the_mapping_exists_in_the_vocabulary():
    assert terms_of_the_program() - TERMS.keys() == set()
    assert len(terms_of_the_program()) > 100


def test_the_list_holds_what_is_used_and_no_more():
    """A term that is no longer used would be a licence for nothing."""
    source = text(ROOT / "processing" / "exports" / "dpv.py")
    unused = {term for term in TERMS.keys() - terms_of_the_program() if f'"{term}"' not in source}
    assert {term for term in unused if not term.startswith("loc:")} == set()
    assert LISTED["version"] == dpv_terms.DPV_VERSION


def test_countries_are_those_of_the_vocabulary():
    named = {f"loc:{code}" for code in (chr(a) + chr(b) for a in range(65, 91) for b in range(65, 91))}
    ours = {term for term in named if country_name(term[4:]) != term[4:]}
    assert ours == {term for term in TERMS if term.startswith("loc:")}


@pytest.mark.parametrize("which", Edition)
def test_what_is_written_is_of_the_vocabulary_and_stands_where_it_may(which):
    graph = read(make_register(transfers=(TransferRecord(country="US", tool=TransferTool.SCC),)), which)
    known = {iri(term): entry["type"] for term, entry in TERMS.items()}
    for subject, predicate, value in graph:
        for place, term in (("subject", subject), ("predicate", predicate), ("value", value)):
            if isinstance(term, URIRef) and str(term).startswith("https://w3id.org/dpv"):
                assert term in known, term
                assert (known[term] == "property") == (place == "predicate"), term


def test_every_term_of_our_own_is_explained_in_the_file():
    graph = read(make_register())
    own = {term for triple in graph for term in triple if isinstance(term, URIRef) and str(term).startswith(NAMESPACE)}
    assert own
    assert {term for term in own if graph.value(term, RDFS.label) is None} == set()
    assert NAMESPACE.startswith("urn:uuid:")


@pytest.mark.parametrize("basis", LegalBasis)
def test_a_basis_is_its_letter_of_article_6(basis):
    graph = read(make_register(activities=[make_activity_record(legal_grounds=(LegalGroundRecord(basis=basis),))]))
    grounds = list(graph.objects(activity_in(graph), iri("dpv:hasLegalBasis")))
    assert any((ground, RDF.type, iri(f"eu-gdpr:A6-1-{basis.value}")) in graph for ground in grounds)


@pytest.mark.parametrize("condition", SpecialCategoryGround)
def test_a_condition_is_its_letter_of_article_9(condition):
    row = SpecialGroundRecord(condition=condition)
    graph = read(make_register(activities=[make_activity_record(special_grounds=(row,))]))
    letter = condition.source.provision.split("bokstav ")[1][0]
    assert (None, RDF.type, iri(f"eu-gdpr:A9-2-{letter}")) in graph


@pytest.mark.parametrize(
    ("tool", "term"),
    [
        (TransferTool.ADEQUACY, "eu-gdpr:A45-3"),
        (TransferTool.SCC, "eu-gdpr:A46-2-c"),
        (TransferTool.BCR, "eu-gdpr:A46-2-b"),
        (TransferTool.PRIVACY_SHIELD, None),
        (TransferTool.DEROGATION, None),
    ],
)
def test_a_transfer_names_the_country_the_recipient_and_the_tool(tool, term):
    row = TransferRecord(party=JOURNAL_SUPPLIER, country="US", tool=tool)
    graph = read(make_register(activities=[make_activity_record(transfers=(row,))]))
    transfer = graph.value(predicate=RDF.type, object=iri("dpv:Transfer"))
    assert (activity_in(graph), iri("dpv:hasProcessing"), transfer) in graph
    assert graph.value(transfer, iri("dpv:hasThirdCountry")) == iri("loc:US")
    supplier = graph.value(transfer, iri("dpv:hasDataImporter"))
    assert (supplier, RDF.type, iri("dpv:DataProcessor")) in graph
    assert graph.value(transfer, iri("dpv:hasLegalBasis")) == (iri(term) if term else None)
    assert str(graph.value(transfer, URIRef(f"{NAMESPACE}transfers.tool"))) == tool.value


def test_an_activity_says_what_dpv_asks():
    graph = read(make_register(activities=[make_activity_record(regime=LegalRegime.GDPR_ONLY, dpia_needed=Fact.YES)]))
    activity = activity_in(graph)
    for link in (
        "dpv:hasPurpose",
        "dpv:hasLegalBasis",
        "dpv:hasPersonalData",
        "dpv:hasDataSubject",
        "dpv:hasRecipient",
        "dpv:hasDataProcessor",
        "dpv:hasDataController",
        "dpv:hasStorageCondition",
        "dpv:hasTechnicalOrganisationalMeasure",
        "dpv:hasDataSource",
        "dpv:hasImpactAssessment",
        "dpv:hasAssessment",
        "dpv:hasRight",
    ):
        assert graph.value(activity, iri(link), any=True) is not None, link
    assert (activity, iri("dpv:hasRight"), iri("eu-gdpr:A15")) in graph
    assert (activity, iri("dpv:hasStatus"), iri("eu-gdpr:DPIARequired")) in graph
    company = graph.value(activity, iri("dpv:hasDataController"))
    assert graph.value(company, iri("dpv:hasName")) == Literal("Prøveklinikken AS")


def test_the_record_says_which_document_it_is():
    graph = read(make_register())
    record = graph.value(predicate=RDF.type, object=iri("dpv:ROPA"))
    assert str(graph.value(record, iri("dct:identifier"))) == LEDGER.document_id
    assert str(graph.value(record, URIRef(f"{NAMESPACE}content_sha256"))) == payload_hash(make_register())
    assert str(graph.value(record, URIRef(f"{NAMESPACE}as_of"))) == "2026-11-22"


def test_a_register_that_did_not_exist_says_so():
    graph = read(EMPTY)
    record = graph.value(predicate=RDF.type, object=iri("dpv:ROPA"))
    assert str(graph.value(record, RDFS.comment)).startswith("Registeret var tomt.")
    assert activity_in(graph) is None


def test_the_external_edition_says_that_it_is_one():
    graph = read(make_register(), Edition.EXTERNAL)
    record = graph.value(predicate=RDF.type, object=iri("dpv:ROPA"))
    assert any("ekstern utgave" in str(comment) for comment in graph.objects(record, RDFS.comment))
    assert graph.value(activity_in(graph), iri("dpv:hasLegalBasis")) is None
    assert graph.value(activity_in(graph), iri("dpv:hasRight")) is None


def test_hostile_text_is_a_text_and_no_term():
    hostile = 'A"], "@id": "urn:x:y", "@context": "https://x.example/", "b": ["\u2028</script>'
    graph = read(make_register(activities=[make_activity_record(name=hostile, owner="@id", internal_access="@type")]))
    assert graph.value(activity_in(graph), iri("dct:title")) == Literal(hostile)
    assert not any("x.example" in str(term) for triple in graph for term in triple if isinstance(term, URIRef))


def test_reading_it_asks_no_server_and_the_bytes_are_the_same():
    edition = edition_of(make_register(), Edition.INTERNAL)
    content = register_jsonld(edition, words=table_words(), ledger=LEDGER)
    assert content == register_jsonld(edition, words=table_words(), ledger=LEDGER)
    assert all(
        not isinstance(value, str) or value.endswith(("#", "/")) for value in json.loads(content)["@context"].values()
    )


def test_every_table_that_has_no_term_of_dpv_is_one_of_ours():
    assert DESCRIBED.keys() <= {table.name for table in tables()}
    for table in tables():
        known = {column.name for column in table.columns}
        assert DESCRIBED.get(table.name, dpv.Described()).columns.keys() <= known
