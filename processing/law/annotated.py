"""Which fields of the register a remark or a proposal may be about.

A field is called what its record calls it: `owner`, or for rows `purposes` as a whole and `purposes.description` for
one column of theirs. A remark on the company names what belongs to the company or is shared by all.
"""

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from processing.law.records import ActivityRecord, ControllerRecord, Register

COLUMNS_OF_CODES = {"safeguards": "measure", "systems": "system", "collection": "situation"}
"""Lists that are codes and nothing else: what the code is of."""
SET_ONCE = frozenset({"moment"})


@cache
def fields_of_activity() -> frozenset[str]:
    """Return the names of the fields that a remark or a proposal on an activity may be about."""
    return frozenset(_fields(ActivityRecord, ActivityRecord))


@cache
def fields_of_company() -> frozenset[str]:
    """Return the names of the fields that a remark or a proposal on the company may be about.

    The company has no field for its activities, yet one of them may be missing: `activities` as a whole.
    """
    own = {"activities", *_fields(ControllerRecord, ControllerRecord)}
    shared = {
        name for name in _fields(Register, Register) if name.partition(".")[0] not in {"activities", "controller"}
    }
    return frozenset(own | shared) - SET_ONCE


def _fields(record: type, owner: type) -> Iterator[str]:
    for name, hint in get_type_hints(record).items():
        yield name
        if get_origin(hint) is tuple:
            item: Any = get_args(hint)[0]
            if owner is ActivityRecord and name in COLUMNS_OF_CODES:
                yield f"{name}.{COLUMNS_OF_CODES[name]}"
            else:
                yield from (f"{name}.{field.name}" for field in dataclasses.fields(item))
