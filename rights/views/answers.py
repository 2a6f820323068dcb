"""How a public page answers what was sent to it."""

from django.http import HttpResponseRedirect

# Nothing was stored, and the same form comes back: a program, a log and a test can tell it from an empty form.
NOT_ACCEPTED = 422


class SeeOther(HttpResponseRedirect):
    """303: what was sent is taken care of, and the next page is fetched by GET, so that a reload sends nothing."""

    status_code = 303
