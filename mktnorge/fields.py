"""Model fields of the site."""

from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models

from mktnorge.sealing import seal, unseal


class SealedTextField(models.TextField):
    """Text that is encrypted in the database and plain on the instance.

    The column holds a token of `mktnorge.sealing`, bound to this model and field. `max_length` counts the plain text
    and is checked by validation, not by the database. Empty stays empty: whether something was written is no secret
    here, and an erased field must look erased to whoever checks it without a key.

    Nothing can search or compare it: every lookup raises FieldError. Loading a row opens it; a list that does not
    show the text should `defer()` it. A fixture gets the token, and is not for loading.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    @property
    def label(self) -> str:
        """What binds a token to its place. Renaming the model or the field needs the rows sealed anew."""
        return f"{self.model._meta.label_lower}.{self.attname}"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return unseal(value, label=self.label) if value else value

    def get_db_prep_save(self, value: object, connection: object) -> object:
        prepared = super().get_db_prep_save(value, connection)
        return seal(prepared, label=self.label) if isinstance(prepared, str) and prepared else prepared

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return seal(value, label=self.label) if value else ""

    def get_lookup(self, lookup_name: str) -> type[models.Lookup] | None:
        raise FieldError(f"{self.label} is encrypted: {lookup_name!r} cannot look into it.")

    def get_transform(self, lookup_name: str) -> type[models.Transform] | None:
        raise FieldError(f"{self.label} is encrypted: {lookup_name!r} cannot look into it.")
