"""LibreOffice opens the workbook and the CSV, and finds no formula in either, whatever it is told to look for."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from processing.exports.csv import register_csv
from processing.exports.editions import edition_of
from processing.exports.xlsx import register_workbook
from processing.law.editions import Edition
from processing.law.records import Register
from processing.services.table_words import table_words
from tests.builders import make_activity_record, make_register
from tests.processing.spreadsheets import LEDGER
from tests.processing.test_exports_csv import NEUTRALISED_CELLS
from tests.processing.zipped import files_of

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="soffice is missing, so no spreadsheet has opened the exports: libreoffice-calc-nogui"
)

LIVE = "=1+1"
FORMULA = re.compile(r'table:formula="([^"]*)"')


def opened(folder: Path, files: dict[str, bytes], *options: str) -> dict[str, str]:
    """The files as LibreOffice reads them, as flat XML."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", *options, "--convert-to", "fods"]
    names = [str(folder / name) for name in files]
    subprocess.run([*command, "--outdir", str(folder / "out"), *names], check=True, capture_output=True, timeout=120)
    return {name: (folder / "out" / name).with_suffix(".fods").read_text(encoding="utf-8") for name in files}


def hostile_register() -> Register:
    return make_register(
        activities=[
            make_activity_record(
                number=f"A{place:02}", code=f"c{place}", name=text or "tom", owner=text, description=text
            )
            for place, (text, _cell) in enumerate(NEUTRALISED_CELLS, start=1)
        ]
    )


@pytest.mark.parametrize("separator", [";", ","])
def test_the_csv_holds_no_formula_even_when_it_is_split_at_the_wrong_character(tmp_path, separator):
    files = files_of(register_csv(edition_of(hostile_register(), Edition.INTERNAL), words=table_words(), ledger=LEDGER))
    ours = files["02-aktiviteter.csv"].encode("utf-8-sig")
    control = f'"a"{separator}"b"\r\n"{LIVE}"{separator}"c"\r\n'.encode("utf-8-sig")
    # UTF-8, and the last says that formulas are to be carried out, which is more than it does by itself.
    asked = f"--infilter=CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,,true"
    read = opened(tmp_path, {"ours.csv": ours, "control.csv": control}, asked)
    assert FORMULA.findall(read["control.csv"]) == ["of:=1+1"]
    assert FORMULA.findall(read["ours.csv"]) == []
    assert "cmd|" in read["ours.csv"]


def test_the_workbook_holds_no_formula(tmp_path):
    book = register_workbook(edition_of(hostile_register(), Edition.INTERNAL), words=table_words(), ledger=LEDGER)
    read = opened(tmp_path, {"ours.xlsx": book})["ours.xlsx"]
    assert FORMULA.findall(read) == []
    assert "cmd|" in read
    assert read.count("table:name=") > 20
