"""What a long register costs as PDF: `python -m bench.volumes [activities …]`, 150, 300 and 600 unless given.

The company's own activities are repeated. 150 is one document, more are volumes made side by side. CPU is that of this
process and of those it starts; memory is the most any one of them held. Each size is measured in a process of its own.
"""

import json
import os
import resource
import subprocess
import sys
import time

from bench.pdf import AT, company_register

SIZES = (150, 300, 600)


def measure(size: int) -> dict[str, float]:
    import django

    django.setup()
    from processing.exports.ledger import ExportLedger
    from processing.exports.volumes import register_volumes
    from processing.law.checks import check_register

    register = company_register(size)
    findings = check_register(register, law_on=AT.date())
    ledger = ExportLedger(document_id="MKT-2026-BENCHM", as_of=AT.date(), law_on=AT.date(), printed_at=AT)
    before, began = cpu(), time.monotonic()
    volumes = register_volumes(register, ledger=ledger, findings=findings)
    used, passed = cpu() - before, time.monotonic() - began
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    size_kb = sum(len(volume.content) for volume in volumes) / 1024
    return {"volumes": len(volumes), "cpu": used, "passed": passed, "MB": most / 1024, "kB": size_kb}


def cpu() -> float:
    """CPU seconds of this process and of those it started that are done."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def main(sizes: list[int]) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": "sqlite://:memory:"}
    environment.pop("TEST_DATABASE_URL", None)
    print("activities  volumes   CPU s   CPU s each   time s   most MB      kB", flush=True)
    for size in sizes:
        command = [sys.executable, "-m", "bench.volumes", "measure", str(size)]
        found = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
        print(
            f"{size:>10}  {found['volumes']:7}  {found['cpu']:6.1f}  {found['cpu'] / size:11.3f}"
            f"  {found['passed']:7.1f}  {found['MB']:8.0f}  {found['kB']:6.0f}",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main([int(word) for word in sys.argv[1:]] or list(SIZES))
