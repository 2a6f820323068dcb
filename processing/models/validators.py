from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.no import orgnr


def validate_organisation_number(value: str) -> None:
    """Refuse a number that Enhetsregisteret cannot have given out: nine digits with a right check digit."""
    if not value.isdigit() or not orgnr.is_valid(value):
        raise ValidationError(_("Organisasjonsnummer må ha ni siffer, og kontrollsifferet må stemme."))


def validate_country_code(value: str) -> None:
    """Refuse anything but two capital letters, the form of ISO 3166-1 alpha-2."""
    if len(value) != 2 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise ValidationError(_("Land skrives med to store bokstaver, for eksempel NO eller US."))
