"""The door, mounted under /admin/. The names that begin with account_ and mfa_ are those allauth asks for."""

from django.urls import path

from mktnorge.signin.views import account, entering, factors, invitations, passkeys

urlpatterns = [
    path("login/", entering.sign_in, name="account_login"),
    path("login/kode/", entering.code, name="mfa_authenticate"),
    path("login/passnokkel/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("bekreft/", entering.password_again, name="account_reauthenticate"),
    path("bekreft/kode/", entering.code_again, name="mfa_reauthenticate"),
    path("bekreft/passnokkel/", passkeys.again, name="mfa_reauthenticate_webauthn"),
    path("invitasjon/", invitations.invitation, name="invitation"),
    path("invitasjon/passord/", invitations.password, name="invitation_password"),
    path("konto/", account.account, name="account"),
    path("konto/passord/", account.change_password, name="account_change_password"),
    path("konto/okter/avslutt/", account.end_sessions, name="end_sessions"),
    path("konto/totrinn/", factors.second_factor, name="second_factor"),
    path("konto/totrinn/app/", factors.set_up_app, name="set_up_app"),
    path("konto/totrinn/passnokkel/", passkeys.add, name="add_passkey"),
    path("konto/totrinn/<int:pk>/fjern/", factors.remove, name="remove_factor"),
    path("konto/koder/", factors.recovery_codes, name="recovery_codes"),
    path("konto/koder/tekst/", factors.recovery_codes_as_text, name="recovery_codes_as_text"),
]
