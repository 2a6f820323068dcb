"""The forms of the door, in the words and the clothes of the site."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mktnorge.models import User
from mktnorge.signin import codes
from mktnorge.signin.invitations import InvitationError, find_invitation
from mktnorge.signin.limits import Tries

WRONG_CODE = _("Koden er feil eller brukt før. Vent på neste kode, og prøv igjen.")


def _current_password() -> forms.CharField:
    return forms.CharField(
        label=_("Passord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Passord mangler. Skriv passordet ditt.")},
    )


class SignInForm(LoginForm):
    """E-mail address and password. allauth checks them; the adapter counts the tries."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-postadresse"),
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages={
                "required": _("E-postadresse mangler. Skriv den du ble invitert med."),
                "invalid": _("Dette er ikke en e-postadresse. Et eksempel er navn@firma.no."),
            },
        )
        self.fields["password"] = _current_password()


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _current_password()


class _SixDigits(forms.TextInput):
    def __init__(self) -> None:
        super().__init__(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "off",
                "spellcheck": "false",
                "class": "input--medium",
            }
        )


class CodeForm(forms.Form):
    """A code of the app, or a recovery code, typed or pasted. Each is right once."""

    reauthenticated = False
    code = forms.CharField(
        label=_("Kode"),
        help_text=_("Seks siffer fra appen, eller en av reservekodene dine."),
        max_length=40,
        widget=_SixDigits(),
        error_messages={"required": _("Kode mangler. Skriv koden fra appen.")},
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        code = codes.tidy(self.cleaned_data["code"])
        kind = "app" if len(code) == codes.APP_DIGITS else "recovery"
        tries = Tries(context.request, str(self.user.pk), kind=kind, at=timezone.now())
        if not tries.allowed():
            raise get_adapter().validation_error("too_many_login_attempts")
        self.authenticator = codes.use_code(self.user, code)
        if self.authenticator is None:
            raise forms.ValidationError(WRONG_CODE)
        tries.forgive()
        return code

    def save(self) -> None:
        self.authenticator.user = self.user
        post_authentication(context.request, self.authenticator, reauthenticated=self.reauthenticated)


class CodeAgainForm(CodeForm):
    reauthenticated = True


class FirstCodeForm(forms.Form):
    """The first code of a new app, which shows that the secret came across."""

    code = forms.CharField(
        label=_("Koden appen viser"),
        help_text=_("Seks siffer. Den skifter hvert halve minutt."),
        max_length=40,
        widget=_SixDigits(),
        error_messages={"required": _("Kode mangler. Skriv koden appen viser nå.")},
    )

    def __init__(self, *args: object, secret: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        code = codes.tidy(self.cleaned_data["code"])
        self.step = codes.step_of(self.secret, code)
        if self.step is None:
            raise forms.ValidationError(
                _("Koden stemmer ikke. Se at klokken på telefonen er riktig, og skriv koden som vises nå.")
            )
        return code


REFUSED = _("Nøkkelen ble ikke godtatt. Prøv igjen, eller bruk passord og kode.")


class _Answer(forms.JSONField):
    """What the browser answered. A text that nests deeper than Python reads is no answer."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": REFUSED, "invalid": REFUSED})

    def to_python(self, value: object) -> object:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(REFUSED) from error


class PasskeyForm(forms.Form):
    """A new passkey: what the browser answered, and what the person calls it."""

    name = forms.CharField(
        label=_("Hva vil du kalle den?"),
        help_text=_("For eksempel «Jobbtelefonen». Da kjenner du den igjen."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--medium"}),
        error_messages={"required": _("Navn mangler. Skriv hva du vil kalle nøkkelen.")},
    )
    credential = _Answer()

    def clean_credential(self) -> object:
        credential = self.cleaned_data["credential"]
        try:
            webauthn.parse_registration_response(credential)
            made = webauthn.complete_registration(credential)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(REFUSED) from error
        if not made.is_user_verified():
            raise forms.ValidationError(REFUSED)
        return credential


class _PasskeyAnswer(AuthenticateWebAuthnForm):
    """allauth's form, for answers that no browser gives as well."""

    credential = _Answer()

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(REFUSED) from error


class PasskeyAsCodeForm(_PasskeyAnswer):
    """After the password, instead of a code."""


class PasskeyAgainForm(_PasskeyAnswer, ReauthenticateWebAuthnForm):
    """To show once more who one is."""


class PasskeyAloneForm(_PasskeyAnswer, LoginWebAuthnForm):
    """Instead of password and code."""


class NewPasswordForm(forms.Form):
    """A password, twice. No rule but length and that it is not common; pasting is fine."""

    password = forms.CharField(
        label=_("Nytt passord"),
        help_text=_("Minst 15 tegn. Tre eller fire ord du husker, er et godt passord."),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Passord mangler. Velg et på minst 15 tegn.")},
    )
    again = forms.CharField(
        label=_("Passordet en gang til"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Skriv passordet en gang til.")},
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("De to passordene er ikke like. Skriv det samme to ganger."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    current = _current_password()
    field_order = ["current", "password", "again"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["current"].label = _("Passordet du har nå")

    def clean_current(self) -> str:
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["current"]):
            raise get_adapter().validation_error("incorrect_password")
        return self.cleaned_data["current"]


class InvitationCodeForm(forms.Form):
    """The code of an invitation. Guesses are counted, though there are too many codes to guess."""

    code = forms.CharField(
        label=_("Koden i invitasjonen"),
        help_text=_("Den står etter # i lenken du fikk. Ofte er den fylt inn for deg."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("Kode mangler. Lim inn koden fra invitasjonen.")},
    )

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        at = timezone.now()
        tries = Tries(self.request, "", kind="invitation", at=at)
        if not tries.allowed():
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            self.invitation = find_invitation(self.cleaned_data["code"], at=at)
        except InvitationError as error:
            raise forms.ValidationError(str(error)) from error
        tries.forgive()
        return self.cleaned_data["code"]


class InvitationPasswordForm(NewPasswordForm):
    name = forms.CharField(
        label=_("Navnet ditt"),
        help_text=_("Slik det skal stå i historikken når du endrer noe."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Navn mangler. Skriv hva du heter.")},
    )
    field_order = ["name", "password", "again"]

    def clean_name(self) -> str:
        self.user.name = self.cleaned_data["name"]  # the password may not be like it
        return self.user.name
