"""What the running site lets each role do, as the lines of docs/access.md.

Models and actions are asked of the admin, pages by requests: a page counts as open when it answers anything but 403.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from mktnorge.models import User
from mktnorge.roles import Role

OF_A_MODEL = re.compile(r"_(changelist|add|history|delete|change)$")
LETTERS = {"view": "v", "add": "a", "change": "c", "delete": "d"}
PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
OPEN_TO_ALL = "everybody"


def patterns() -> Iterator[tuple[str, str | None]]:
    """Return the route and the name of every URL of the site."""

    def walk(resolver: object, before: str) -> Iterator[tuple[str, str | None]]:
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                yield before + str(one.pattern), one.name
            else:
                yield from walk(one, before + str(one.pattern))

    return walk(get_resolver(), "")


def staff_pages() -> list[str]:
    """Return the routes under /admin/ that are pages of their own, and not a model's list or form."""
    pages = [route for route, name in patterns() if route.startswith("admin/") and not OF_A_MODEL.search(name or "")]
    # The old addresses of forms, the front page of an app, and the net that catches what is no page.
    return list(dict.fromkeys(page for page in pages if "<path:object_id>/" not in page[-18:] and "(?P" not in page))


def public_pages() -> list[str]:
    return [route for route, _name in patterns() if not route.startswith("admin/")]


def address(route: str, values: dict[str, object]) -> str:
    """Fill in a route. `values` holds one for each place, or for `<folder>.<place>` where it depends on the model."""
    folder = next((one for one in reversed(route.split("<")[0].strip("/").split("/")) if f"{one}.pk" in values), "")

    def fill(place: re.Match[str]) -> str:
        name = place["name"]
        key = f"{folder}.pk" if folder and name in ("pk", "object_id") else name
        return str(values.get(key, 1))

    return "/" + PLACE.sub(fill, route)


def may_open(client: Client, path: str) -> bool:
    """True unless the page says 403. Nothing it does stands. What takes no GET is sent an empty form."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path)
        if answer.streaming:
            b"".join(answer)  # read to its end, which closes it without closing the database
        transaction.set_rollback(True)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return answer.status_code != 403


def model_lines(people: dict[Role, User]) -> list[str]:
    """Return a row for each model in the admin, with the letters each role has there, and its actions."""
    rows = []
    for model, page in admin.site._registry.items():
        cells = []
        for person in people.values():
            request = RequestFactory().get("/admin/")
            request.user = person
            letters = "".join(
                letter for word, letter in LETTERS.items() if getattr(page, f"has_{word}_permission")(request)
            )
            actions = sorted(page.get_actions(request)) if letters else []
            cells.append(" ".join([letters, *actions]) or "–")
        rows.append(f"| {model._meta.label_lower} | {' | '.join(cells)} |")
    return sorted(rows)


def permission_lines(people: dict[Role, User]) -> list[str]:
    """Return a row for each model outside the admin on which anybody has a permission, by its codes."""
    rows = []
    for model in apps.get_models():
        if model in admin.site._registry:
            continue
        label = model._meta.app_label
        codes = [f"{action}_{model._meta.model_name}" for action in LETTERS] + [
            codename for codename, _name in model._meta.permissions
        ]
        cells = [
            " ".join(LETTERS.get(code.removesuffix(f"_{model._meta.model_name}"), code) for code in held) or "–"
            for held in ([code for code in codes if person.has_perm(f"{label}.{code}")] for person in people.values())
        ]
        if set(cells) != {"–"}:
            rows.append(f"| {model._meta.label_lower} | {' | '.join(cells)} |")
    return sorted(rows)
