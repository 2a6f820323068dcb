"""Pages drawn once and then given out like files: kept in memory, compressed once, with ETag and Last-Modified.

For pages that are a function of their key and of nothing else: no visitor, no clock. Each process keeps its own.
"""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

KEPT_BYTES = 48 * 1024 * 1024
WORTH_COMPRESSING = 1024
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


@dataclass(frozen=True)
class Page:
    """What is sent. `compressed` is empty where it is no use; `etag` tells these bytes from all others."""

    content: bytes
    content_type: str
    etag: str
    compressed: bytes = b""

    @classmethod
    def of(cls, content: bytes, content_type: str) -> "Page":
        small = b""
        if content_type.startswith(("text/", "application/json")) and len(content) >= WORTH_COMPRESSING:
            small = gzip.compress(content, 6, mtime=0)
        return cls(content, content_type, hashlib.sha256(content).hexdigest()[:32], small)

    @property
    def size(self) -> int:
        return len(self.content) + len(self.compressed)


class Pages:
    """The pages of a process, the least used dropped first when they take more than `limit` bytes."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, draw: Callable[[], Page]) -> Page:
        """Return the page kept under `key`, drawn now if it is not there. Two threads may both draw it; both are
        right."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        page = draw()
        with self._lock:
            if key not in self._kept and page.size <= self._limit:
                self._kept[key] = page
                self._size += page.size
                while self._size > self._limit:
                    _oldest, dropped = self._kept.popitem(last=False)
                    self._size -= dropped.size
        return page

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0


def send(request: HttpRequest, page: Page, *, last_modified: datetime) -> HttpResponse:
    """Return the page, or 304 where the visitor has it. `last_modified` is aware.

    Caches may keep it and must ask each time: the next version is seen the second it comes into force.
    """
    use_compressed = bool(page.compressed) and bool(TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")))
    response = HttpResponse(page.compressed if use_compressed else page.content, content_type=page.content_type)
    etag = f'"{page.etag}-gzip"' if use_compressed else f'"{page.etag}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(last_modified.timestamp())
    response["Cache-Control"] = "public, no-cache"
    if use_compressed:
        response["Content-Encoding"] = "gzip"
    if page.compressed:
        patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(
        request, etag=etag, last_modified=int(last_modified.timestamp()), response=response
    )
    return answer or response
