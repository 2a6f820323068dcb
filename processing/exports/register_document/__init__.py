"""The register as a document: parts, rows and marks in the order they are read. Templates only print what stands here.

Every field of every record is somewhere in the document, silent ones as «Ikke oppgitt». What Art. 30(1)(a)–(g) asks
stands first and in its order; the rest follows under a heading that says that the article does not ask for it (R-30-4).

A module a part of the document, besides `parts` (the values), `margin` (the findings), `grouping`, `rows` and
`wording`, which all of them use.
"""

from processing.exports.register_document.chart import CHARTED
from processing.exports.register_document.document import register_document

__all__ = ["CHARTED", "register_document"]
