"""What the PDF of the register costs: `python -m bench.pdf`.

The first row is the company's own register. Each figure is taken in a process of its own, warm (after a document of
one activity), in CPU seconds of that process. Compare the ratios: seconds depend on the machine and on what else it
does.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

OWN = 14
ROUNDS = {OWN: 3, 28: 2, 56: 1}
"""How many processes each size is measured in: the spread between processes is largest for the smallest."""

AT = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def company_register(size: int):
    """The company's own register, its activities repeated or left out until there are `size`."""
    from django.core.management import call_command

    from processing.register import register_as_of
    from processing.services.loading import load_register

    call_command("migrate", verbosity=0)
    load_register(at=AT)
    register = register_as_of(AT)
    own = register.activities
    activities = tuple(replace(own[place % len(own)], number=f"A{place + 1:02}") for place in range(size))
    return replace(register, activities=activities)


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def measure(size: int, collector: bool) -> dict[str, float]:
    """Warm this process with a small document, and tell what the whole one costs after that."""
    import django

    django.setup()
    from django.template.loader import render_to_string
    from django.utils import translation

    from mktnorge import pdf
    from processing.exports.ledger import ExportLedger
    from processing.exports.pdf import register_pdf, register_source
    from processing.exports.register_document import register_document
    from processing.law.checks import check_register

    register = company_register(size)
    ledger = ExportLedger(document_id="MKT-2026-BENCHM", as_of=AT.date(), law_on=AT.date(), printed_at=AT)
    found: tuple = ()

    def check() -> None:
        nonlocal found
        found = check_register(register, law_on=AT.date())

    if collector:
        pdf.gc = type("LeftAlone", (), {  # the collector as Python sets it
            "get_threshold": staticmethod(gc.get_threshold), "set_threshold": staticmethod(lambda *_: None),
            "freeze": staticmethod(lambda: None), "unfreeze": staticmethod(lambda: None)})  # fmt: skip
    checking = cpu(check)
    one = replace(register, activities=register.activities[:1])
    register_pdf(one, ledger=ledger, findings=[finding for finding in found if finding.subject in {"", "A01"}])

    def present() -> None:
        with translation.override("nb"):
            document = register_document(register, ledger=ledger, findings=found)
            render_to_string("pdf/register.html", {"document": document, "title": "", "language": "nb"})

    own = cpu(present)
    content = b""

    def make() -> None:
        nonlocal content
        content = register_pdf(register, ledger=ledger, findings=found)

    whole = cpu(make)
    alone = cpu(lambda: by_itself(register_source(register, ledger=ledger, findings=found)))
    return {"whole": whole, "own": own, "alone": alone, "checking": checking, "kB": len(content) / 1024}


def by_itself(source) -> bytes:
    """The same HTML made into PDF by WeasyPrint as it comes, with our files and fonts."""
    import weasyprint

    from mktnorge import pdf
    from mktnorge.pdf_standards import VARIANT

    page = weasyprint.HTML(string=source.html, base_url=pdf.STATIC_BASE, url_fetcher=pdf._fetcher_class()())
    document = page.render(font_config=pdf._fonts(weasyprint), pdf_variant=VARIANT)
    return document.write_pdf(pdf_variant=VARIANT, pdf_identifier=source.identifier)


def sample(size: int, collector: bool = False) -> dict[str, float]:
    """The median of a few processes."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": "sqlite://:memory:"}
    environment.pop("TEST_DATABASE_URL", None)
    rounds = []
    for _round in range(ROUNDS[size]):
        command = [sys.executable, "-m", "bench.pdf", str(size), str(int(collector))]
        rounds.append(json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout))
    return {name: statistics.median(found[name] for found in rounds) for name in rounds[0]}


def main() -> None:
    samples = {size: sample(size) for size in ROUNDS}
    base = samples[OWN]["whole"] / OWN
    print("activities   CPU s   CPU s each   each, to 14   our own part   to WeasyPrint   the rules      kB")
    for size, found in samples.items():
        each = found["whole"] / size
        print(
            f"{size:>10}  {found['whole']:6.2f}  {each:11.3f}  {each / base:12.2f}"
            f"  {found['own'] / found['whole']:12.1%}  {found['whole'] / found['alone']:14.2f}"
            f"  {found['checking'] / found['whole']:10.1%}  {found['kB']:6.0f}"
        )
    print(f"with the collector as Python sets it, to ours: {sample(OWN, True)['whole'] / samples[OWN]['whole']:.2f}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measure(int(sys.argv[1]), sys.argv[2] == "1")))
    else:
        main()
