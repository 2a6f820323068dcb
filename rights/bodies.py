"""Forms that carry typed words only: small, and without files."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]

MAX_BODY_BYTES = 64 * 1024
# Read off an overlong body before it is answered: a server that hangs up at once shows the sender no page.
DRAINED_BYTES = 1024 * 1024


def typed_words_only(view: View) -> View:
    """Refuse a body over 64 kB with 413, and one with a file in it with 400, before anything of it is used.

    The size is asked first. The check of the form's token reads the whole body, and with files in it to the disk, so
    it is taken off the middleware and done here, after the size, and always.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def small_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
            request.read(DRAINED_BYTES)
            raise RequestDataTooBig(f"More than {MAX_BODY_BYTES} bytes sent to {request.path}.")
        if request.FILES:
            raise BadRequest(f"A file was sent to {request.path}.")
        return protected(request, *args, **kwargs)

    return small_view
