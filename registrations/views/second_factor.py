"""The second factor of the organizers: asked for after the password, set up at the first login."""

from base64 import b32encode
from typing import Any
from urllib.parse import urlencode

import django_otp
import segno
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from registrations.errors import DomainError
from registrations.forms.second_factor import CodeForm, EnrolmentForm, new_key, sealed, unsealed
from registrations.operations.second_factor import check_code, enrol, renew_recovery_codes
from registrations.queries.second_factor import has_second_factor, recovery_codes_left


class SecondFactorPages(admin.AdminSite):
    """Nobody has any permission at the desk before the second factor was given, where DESK_SECOND_FACTOR asks for one."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and (not settings.DESK_SECOND_FACTOR or _user(request).is_verified())

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"asks_second_factor": settings.DESK_SECOND_FACTOR}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and settings.DESK_SECOND_FACTOR and super().has_permission(request) and not _user(request).is_verified():
            return redirect(f"{reverse('admin:second_factor')}?{urlencode({REDIRECT_FIELD_NAME: _next(request)})}")
        return super().login(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("second-factor/", never_cache(self.second_factor_view), name="second_factor"),
            path("second-factor/replace/", never_cache(self.replace_view), name="second_factor_replace"),
            path("second-factor/codes/", never_cache(self.codes_view), name="second_factor_codes"),
            *super().get_urls(),
        ]

    def second_factor_view(self, request: HttpRequest) -> HttpResponse:
        """Asks for the code; sets an app up where there is none; once it was given, says how things stand."""
        if not self._has_password(request):
            return redirect("admin:login")
        if "leave" in request.POST:
            logout(request)
            return redirect("admin:login")
        if _user(request).is_verified():
            context = {"title": _("Second factor"), "codes_left": recovery_codes_left(_user(request))}
            return self._page(request, "overview", context)
        return self._ask(request) if has_second_factor(_user(request)) else self._enrol(request)

    def replace_view(self, request: HttpRequest) -> HttpResponse:
        """Another app in the place of the present one, for who has given the code."""
        return self._enrol(request) if self._is_verified(request) else redirect("admin:second_factor")

    def codes_view(self, request: HttpRequest) -> HttpResponse:
        if not self._is_verified(request) or request.method != "POST":
            return redirect("admin:second_factor")
        return self._codes(request, renew_recovery_codes(_user(request), now=timezone.now()))

    def _has_password(self, request: HttpRequest) -> bool:
        if not settings.DESK_SECOND_FACTOR:
            raise Http404
        return super().has_permission(request)

    def _is_verified(self, request: HttpRequest) -> bool:
        return self._has_password(request) and _user(request).is_verified()

    def _ask(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                device = check_code(_user(request), code=form.cleaned_data["code"], now=timezone.now())
            except DomainError as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                _let_in(request, device)
                return redirect(_next(request))
        return self._page(request, "ask", {"title": _("Second factor"), "form": form})

    def _enrol(self, request: HttpRequest) -> HttpResponse:
        """A new key with each page, until the code that an app makes of it comes back."""
        key = unsealed(request.POST.get("seal", ""), user_pk=_user(request).pk)
        form = EnrolmentForm(request.POST if key else None)
        if "seal" in request.POST and not key:
            messages.error(request, _("The page was open for more than an hour. Scan the new code below."))
        if key and form.is_valid():
            try:
                device, codes = enrol(_user(request), key=key, code=form.cleaned_data["code"], now=timezone.now())
            except DomainError as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                _let_in(request, device)
                return self._codes(request, codes)
        return self._page(request, "enrol", {"title": _("Set up the second factor"), "form": form, **_as_shown(request, key or new_key())})

    def _codes(self, request: HttpRequest, codes: list[str]) -> HttpResponse:
        return self._page(request, "codes", {"title": _("Recovery codes"), "codes": codes})

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.each_context(request), "next": _next(request)}
        return TemplateResponse(request, f"admin/second_factor/{name}.html", shared | context)


def _user(request: HttpRequest) -> Any:
    """The account; django_otp has told it whether the code was given."""
    return request.user


def _let_in(request: HttpRequest, device: Device) -> None:
    """The session goes on under another key than the one that the password alone has opened."""
    request.session.cycle_key()
    django_otp.login(request, device)


def _next(request: HttpRequest) -> str:
    """The page of the desk that was asked for."""
    address = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if is_ours else reverse("admin:index")


def _as_shown(request: HttpRequest, key: str) -> dict[str, str]:
    """The key as a picture to be scanned, as text to be typed, and sealed for the form."""
    letters = b32encode(bytes.fromhex(key)).decode()
    return {
        "picture": _picture(TOTPDevice(user=_user(request), key=key).config_url),
        "secret": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4)),
        "seal": sealed(key, user_pk=_user(request).pk),
    }


def _picture(address: str) -> SafeString:
    """A QR code as SVG without style or script."""
    return mark_safe(segno.make_qr(address, error="m").svg_inline(omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"))
