"""What an export is, apart from the register in it: the ledger's row as a value, printed in the document itself."""

from dataclasses import dataclass
from datetime import date, datetime

from mktnorge.figures import FigureTable
from processing.exports.json import VERSION
from processing.law.editions import Edition
from processing.notices.log import Publication


@dataclass(frozen=True, kw_only=True)
class ExportLedger:
    """The row of the ledger: with the register it is all that the document is made of (decision 32).

    `as_of` and `law_on` are Oslo dates: the day the register is shown as it was, and the day whose law is asked.
    `printed_at` is aware. `document_id` is public and tells nothing but the year. `json_version` is that of the JSON
    whose hash is printed. `figures` are those of other apps, as they were when it was printed. `publications` are
    the versions of the notice up to the register's moment, in order; the internal edition prints them.
    """

    document_id: str
    as_of: date
    law_on: date
    printed_at: datetime
    edition: Edition = Edition.INTERNAL
    json_version: int = VERSION
    figures: tuple[FigureTable, ...] = ()
    publications: tuple[Publication, ...] = ()
