"""A register too long for one PDF is bound in volumes: each whole in itself, and none of it lost between them."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from mktnorge import pdf_side_by_side
from processing.exports import volumes
from processing.exports.json import canonical_json
from processing.exports.pdf import register_pdf
from processing.exports.register_document.binding import bound
from processing.law.checks import check_register
from tests.builders import make_activity_record, make_register
from tests.pdf_reader import TaggedPdf
from tests.processing.test_export_pdf import LEDGER


def register_of(count: int):
    return make_register(
        activities=[make_activity_record(number=f"A{place:03}", code=f"a{place}") for place in range(1, count + 1)]
    )


@pytest.mark.parametrize(
    ("activities", "longest", "sizes"),
    [(0, 75, [0]), (1, 75, [1]), (150, 150, [150]), (151, 75, [50, 50, 51]), (300, 75, [75] * 4), (5, 2, [1, 2, 2])],
)
def test_the_activities_are_divided_evenly_and_in_order(activities, longest, sizes):
    register = register_of(activities)
    bindings = bound(register, longest)
    assert [len(binding.activities) for binding in bindings] == sizes
    assert [row for binding in bindings for row in binding.activities] == list(register.activities)
    assert [binding.number for binding in bindings] == list(range(1, len(sizes) + 1))


@pytest.fixture(scope="module")
def register():
    return register_of(5)


@pytest.fixture(scope="module")
def made(register):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(volumes, "LONGEST_DOCUMENT", 2)
        patch.setattr(volumes, "LONGEST_VOLUME", 2)
        findings = check_register(register, law_on=LEDGER.law_on)
        here = volumes.register_volumes(register, ledger=LEDGER, findings=findings, processes=1)
        side_by_side = volumes.register_volumes(register, ledger=LEDGER, findings=findings, processes=2)
    return here, side_by_side


@pytest.fixture(scope="module")
def read(made):
    return [TaggedPdf(volume.content) for volume in made[0]]


def test_side_by_side_gives_the_same_bytes(made):
    here, side_by_side = made
    assert here == side_by_side
    assert len({volume.content for volume in here}) == 3


def test_each_volume_says_which_it_is_and_where_the_others_are(made, read):
    for number, (volume, one) in enumerate(zip(made[0], read, strict=True), 1):
        assert volume.filename == f"protokoll-2026-11-23-MKT-2026-7K4QZ2-bind-{number}-av-3.pdf"
        assert str(one.pdf.docinfo["/Title"]).endswith(f"– bind {number} av 3")
        assert f"Bind {number} av 3." in one.text
        assert "Dokument-id MKT-2026-7K4QZ2" in one.text
        for place, span in enumerate(("A001 til A001", "A002 til A003", "A004 til A005"), 1):
            assert f"Bind {place}: {span}" in one.text


def test_every_activity_is_in_one_volume_and_the_company_in_the_first(read):
    titles = [[text for level, text in one.headings if level == 2] for one in read]
    assert [text.split()[0] for found in titles for text in found if text.startswith("A0")] == [
        f"A{place:03}" for place in range(1, 6)
    ]
    assert ["Virksomheten" in found for found in titles] == [True, False, False]
    assert ["Felles for aktivitetene" in found for found in titles] == [False, False, True]


def test_the_whole_register_is_attached_to_the_first_volume(register, read):
    attached = [
        {name: bytes(file.get_file().read_bytes()) for name, file in one.pdf.attachments.items()} for one in read
    ]
    assert attached == [{"register.json": canonical_json(register)}, {}, {}]


def test_a_short_register_is_one_document(register):
    (only,) = volumes.register_volumes(register, ledger=LEDGER, findings=())
    assert only.content == register_pdf(register, ledger=LEDGER, findings=())
    assert only.filename == "protokoll-2026-11-23-MKT-2026-7K4QZ2.pdf"


def test_the_volumes_are_packed_as_one_file_without_a_clock(made):
    packed = volumes.packed_volumes(made[0])
    assert packed == volumes.packed_volumes(made[1])
    with ZipFile(BytesIO(packed)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            volume.filename: volume.content for volume in made[0]
        }


def test_a_volume_that_cannot_be_made_stops_the_work(register, monkeypatch):
    asked = []

    def failing(source):
        asked.append(source.title)
        raise MemoryError(source.title)

    monkeypatch.setattr(volumes, "LONGEST_DOCUMENT", 2)
    monkeypatch.setattr(volumes, "LONGEST_VOLUME", 2)
    monkeypatch.setattr(pdf_side_by_side, "pdf_of", failing)
    with pytest.raises(MemoryError, match="bind 1 av 3"):
        volumes.register_volumes(register, ledger=LEDGER, findings=(), processes=1)
    assert len(asked) == 1
