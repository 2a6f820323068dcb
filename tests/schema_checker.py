"""Checks a value against a JSON Schema: the keywords of draft 2020-12 that ours uses, and an error for any other."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
SAYS_NOTHING = {"$schema", "$defs", "title", "description"}


class UnknownKeyword(Exception):
    """The schema says something that this checker would overlook."""


def misfits(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, at: str = "$") -> Iterator[str]:
    """Yield a line for each place where `value` is not as `schema` says."""
    root = root if root is not None else schema
    for keyword, said in schema.items():
        if keyword == "$ref":
            yield from misfits(value, root["$defs"][said.removeprefix("#/$defs/")], root, at)
        elif keyword == "anyOf":
            if all(list(misfits(value, one, root, at)) for one in said):
                yield f"{at}: none of {len(said)}"
        elif keyword == "type":
            if not _is(value, said):
                yield f"{at}: {value!r} is no {said}"
        elif keyword in {"const", "enum"}:
            if not any(value == one and type(value) is type(one) for one in (said if keyword == "enum" else [said])):
                yield f"{at}: {value!r} is not {said!r}"
        elif keyword == "properties":
            for name, of in said.items():
                if isinstance(value, dict) and name in value:
                    yield from misfits(value[name], of, root, f"{at}.{name}")
        elif keyword == "required":
            yield from (f"{at}.{name} is missing" for name in said if isinstance(value, dict) and name not in value)
        elif keyword == "additionalProperties" and said is False:
            names = value if isinstance(value, dict) else ()
            yield from (f"{at}.{name} is unknown" for name in names if name not in schema["properties"])
        elif keyword == "items":
            for place, item in enumerate(value if isinstance(value, list) else ()):
                yield from misfits(item, said, root, f"{at}[{place}]")
        elif keyword == "minimum":
            if isinstance(value, int) and value < said:
                yield f"{at}: {value} is less than {said}"
        elif keyword == "pattern":
            if isinstance(value, str) and not re.search(said, value):
                yield f"{at}: {value!r} is not like {said}"
        elif keyword == "format":
            if isinstance(value, str) and not _is_of(value, said):
                yield f"{at}: {value!r} is no {said}"
        elif keyword not in SAYS_NOTHING:
            raise UnknownKeyword(keyword)


def _is(value: Any, kind: str) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def _is_of(value: str, form: str) -> bool:
    read = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}[form]
    try:
        read(value)
    except ValueError:
        return False
    return True
