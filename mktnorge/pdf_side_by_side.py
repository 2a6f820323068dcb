"""Several PDFs at once, each in a process of its own: WeasyPrint is Python and keeps one core busy."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from mktnorge.pdf import Source, pdf_of


def pdfs_of(sources: Iterable[Source], *, count: int, processes: int | None = None) -> Iterator[bytes]:
    """Yield the PDF of each of the `count` sources, in their order.

    `processes` is how many are made at once, one for each core this process may use unless it is given. A single
    document, or a single process, is made here. A source is asked for while those before it are made.
    Raises what `mktnorge.pdf.pdf_of` raises; those not begun are then not made.
    """
    at_once = min(count, processes or len(os.sched_getaffinity(0)))
    if at_once == 1:
        yield from map(pdf_of, sources)
        return
    # A fresh process each: a fork would take with it the connections and the locks of this one.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, fresh, initializer=_ready) as pool:
        try:
            for made in [pool.submit(pdf_of, source) for source in sources]:
                yield made.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _ready() -> None:
    """The settings module is named in the environment, and a child has that of its parent."""
    import django

    django.setup()
