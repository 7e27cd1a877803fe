"""What every answer carries: nothing from elsewhere, nothing kept, nothing framed.

Standard: OWASP ASVS 5.0, V3.4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# images: our own, and the marks that the style sheet itself carries
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # "no-referrer" would have a form posted with "Origin: null", which the forgery check refuses
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
    "X-Robots-Tag": "noindex, nofollow",
}
METHODS: Final = frozenset({"GET", "HEAD", "POST"})


class Headers:
    """Outermost: faults and refused methods carry them as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            response = HttpResponse(status=405, headers={"Allow": ", ".join(sorted(METHODS))})
        else:
            response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL) or response.status_code != 200:
            response.headers["Cache-Control"] = "no-store"
        if settings.SERVED_BY_TLS:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
