"""Signing in, and showing once more who one is: allauth's views, in our words."""

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from django.conf import settings


class _OurPage:
    """allauth's `site` would hide ours, which says who answers for the pages."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        context.pop("site", None)
        return context


class SignIn(_OurPage, LoginView):
    template_name = "signin/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(demonstration=settings.DEMONSTRATION, **kwargs)


class Code(_OurPage, AuthenticateView):
    template_name = "signin/code.html"


sign_in = SignIn.as_view()
code = Code.as_view()
password_again = ReauthenticateView.as_view(template_name="signin/password_again.html")
code_again = CodeReauthenticateView.as_view(template_name="signin/code_again.html")
