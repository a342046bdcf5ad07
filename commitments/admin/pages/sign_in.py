"""The pages for signing in and out, at the addresses of Django's own."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.contrib import admin, auth, messages
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ... import clock
from ...accounts import attempts, browsers, security_log, sessions, unsent_forms
from ...accounts.addresses import address_of
from ...accounts.attempts import Attempt, LockedOutError
from ...accounts.hashing_turns import HashingBusyError
from ...change_log import editing
from ...models import User
from ..base.kinds import user_of

LONGEST_NAME = 150
BUSY = "busy"
COME_AGAIN_SECONDS = 3


@contextmanager
def guarded(request: HttpRequest, account: str) -> Iterator[Attempt]:
    """Let a password be tried for the account where the gate lets it."""
    counted = attempts.subjects(account, address_of(request), browsers.name_for(request, account))
    try:
        with attempts.attempt(counted, at=clock.real()) as tried:
            yield tried
    except HashingBusyError:
        said = _("Many people are signing in right now. Try again in a few seconds.")
        raise ValidationError(said, code=BUSY) from None


def telling_who_is_locked_out(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer with 429, and when to come again, instead of an error."""

    def told(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except LockedOutError as refusal:
            account = request.POST.get("username")
            about = {"account": account} if account else {}
            security_log.note("sign_in_refused", request=request, until=refusal.until, **about)
            seconds = max(1, math.ceil((refusal.until - clock.real()).total_seconds()))
            answer = render(request, "429.html", status=429)
            answer.headers["Retry-After"] = str(seconds)
            return answer

    return told


class SignInForm(AdminAuthenticationForm):
    """A form that refuses with the same words in the same time, whether the account exists or not."""

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            self.user_cache = self._signed_in(name, password)
        return self.cleaned_data

    @sensitive_variables("password")
    def _signed_in(self, name: str, password: str) -> User:
        request = cast("HttpRequest", self.request)
        # No account has a longer name, and no column has room for one.
        if len(name) > LONGEST_NAME:
            raise self.get_invalid_login_error()
        with guarded(request, name) as tried:
            user = auth.authenticate(request, username=name, password=password)
            if user is not None and user.is_staff:
                tried.succeeded = True
                return user
        security_log.note("sign_in_failed", request=request, account=name)
        raise self.get_invalid_login_error()


class SignIn(LoginView):
    authentication_form = SignInForm
    template_name = "admin/login.html"

    def get(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if admin.site.has_permission(request):
            return redirect("admin:index")
        return super().get(request, *args, **given)

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Return the context that Django's template of this page needs."""
        asked = {
            "title": _("Sign in"),
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
            "unsent": unsent_forms.waiting(self.get_redirect_url()),
        }
        return super().get_context_data(**admin.site.each_context(self.request), **asked, **given)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, BUSY):
            response.status_code = 503
            response.headers["Retry-After"] = str(COME_AGAIN_SECONDS)
        return response

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        sessions.begin(self.request)
        browsers.remember(self.request, response, user_of(self.request))
        security_log.note("signed_in", request=self.request)
        return response


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out as Django does, and note it while the user is still known."""
    if request.method == "POST":
        security_log.note("signed_out", request=request)
    return admin.site.logout(request)


class OwnPasswordForm(AdminPasswordChangeForm):
    """A form that asks for the old password, with the same limit on guesses as a sign-in."""

    def __init__(self, user: User, *args: Any, request: HttpRequest, **given: Any) -> None:
        super().__init__(user, *args, **given)
        self.request = request

    @sensitive_variables()
    def clean_old_password(self) -> str:
        with guarded(self.request, self.user.get_username()) as tried:
            old: str = super().clean_old_password()
            tried.succeeded = True
        return old


class ChangePassword(PasswordChangeView):
    """A page that sets the user's own password and ends their other sessions."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return super().get_context_data(**admin.site.each_context(self.request), **given)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        ended = sessions.end_others(self.request, user_of(self.request))
        security_log.note("password_changed", request=self.request, sessions_ended=ended)
        return response


class SetPassword(PasswordResetConfirmView):
    """A page opened by a one-time link: its owner sets a password, and signs in with it."""

    template_name = "admin/set_password.html"
    success_url = reverse_lazy("admin:login")

    def get_user(self, uidb64: str) -> User | None:
        found = super().get_user(uidb64)
        return found if found is not None and found.is_active else None

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        title = _("Set your password") if self.validlink else _("This link is no longer valid")
        return {**admin.site.each_context(self.request), **super().get_context_data(**given), "title": title}

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        with editing.by(form.user.pk, at=clock.now()):
            response = super().form_valid(form)
        sessions.end_all(form.user)
        account = form.user.get_username()
        security_log.note("password_set", request=self.request, account=account)
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return response


sign_in = telling_who_is_locked_out(SignIn.as_view())
change_password = telling_who_is_locked_out(ChangePassword.as_view())
