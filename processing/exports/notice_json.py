"""The notice as data, for programs."""

import json

from processing.notices.body import to_payload
from processing.notices.published import PublishedNotice


def notice_json(notice: PublishedNotice) -> bytes:
    """Return the version with its text, as UTF-8. The same notice gives the same bytes."""
    answer = {
        "version": notice.number,
        "in_force_from": notice.in_force_from.isoformat(),
        "published_at": notice.published_at.isoformat(),
        "sha256": notice.sha256,
        "demonstration": notice.is_demonstration,
        "body": to_payload(notice.body),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1).encode()
