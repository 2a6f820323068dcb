"""Fields for codes of the law: stored as plain strings, with no default that asserts anything."""

from typing import Any

from django.db import models

from processing.law.facts import Fact
from processing.law.terms import LawTerm


class TermField(models.CharField):
    """A code of a `LawTerm`. Blank means that the register does not state it, unless it is `required`."""

    def __init__(self, term: type[LawTerm] | None = None, *args: Any, required: bool = False, **kwargs: Any) -> None:
        if term is not None:
            kwargs.setdefault("choices", term.choices())
            kwargs.setdefault("max_length", 30)
            if not required:
                kwargs.setdefault("blank", True)
                kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # Migrations see the stock field with plain strings: renaming a class of the law never breaks an old one.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class FactField(TermField):
    """Yes, no, possible, or not stated. Not stated is where every fact begins (decision 13)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", Fact.choices())
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("default", Fact.NOT_STATED.value)
        super().__init__(None, *args, **kwargs)
