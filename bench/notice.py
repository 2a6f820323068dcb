"""How a very long notice fares: `python -m bench.notice [--pdf]`.

The text of an activity holds up to 5,000 characters a field. The goal is that 300 such activities still give a
page, a text and a PDF that can be read; an ordinary notice has a dozen and takes a hundredth of it.
"""

import os
import sys
from collections.abc import Callable
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.template.loader import render_to_string  # noqa: E402

from processing.exports.notice_pdf import notice_pdf  # noqa: E402
from processing.exports.notice_text import notice_text  # noqa: E402
from processing.law.records import PurposeRecord  # noqa: E402
from processing.notices.body import NoticeBody, body_hash  # noqa: E402
from processing.notices.compose import compose_notice  # noqa: E402
from processing.notices.document import whole_notice  # noqa: E402
from processing.notices.published import PublishedNotice  # noqa: E402
from tests.builders import ASKED_AT, make_activity_record, make_register  # noqa: E402

SENTENCE = "Vi bruker opplysningene til det som står her, og ikke til noe annet. "
FIELD = (SENTENCE * 100)[:5000]


def notice_of(count: int) -> NoticeBody:
    activities = [
        make_activity_record(
            number=f"A{place:03}",
            code=f"a{place}",
            public_name=f"Aktivitet {place}",
            public_description=FIELD,
            purposes=(PurposeRecord(description=FIELD),),
        )
        for place in range(1, count + 1)
    ]
    return compose_notice(make_register(activities=activities), on=ASKED_AT.date())


def taken(work: Callable[[], object]) -> tuple[float, int]:
    start = process_time()
    made = work()
    return process_time() - start, len(made) if isinstance(made, str | bytes) else 0


def main() -> None:
    with_pdf = "--pdf" in sys.argv
    print("activities  compose s  whole page s  page MB  text s" + ("    PDF s  PDF MB" if with_pdf else ""))
    for count in (14, 100, 300):
        composed, _none = taken(lambda count=count: notice_of(count))
        body = notice_of(count)
        published = PublishedNotice(
            number=1,
            in_force_from=ASKED_AT.date(),
            published_at=ASKED_AT,
            sha256=body_hash(body),
            is_demonstration=False,
            body=body,
        )
        context = {
            "version": published,
            "body": body,
            "site": body.site,
            "parts": whole_notice(body),
            "is_in_force": True,
        }
        page, size = taken(lambda context=context: render_to_string("processing/whole.html", context))
        text, _size = taken(lambda published=published: notice_text(published))
        line = f"{count:>10}  {composed:>9.2f}  {page:>12.2f}  {size / 1e6:>7.1f}  {text:>6.2f}"
        if with_pdf:
            pdf, weight = taken(lambda published=published: notice_pdf(published))
            line += f"  {pdf:>7.1f}  {weight / 1e6:>6.1f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
