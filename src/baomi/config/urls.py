"""Every address: the pages, and the API for programs."""

from __future__ import annotations

from django.urls import include, path

handler400 = "baomi.entrypoints.guarding.faults.bad_request"
handler404 = "baomi.entrypoints.guarding.faults.not_found"
handler500 = "baomi.entrypoints.guarding.faults.failed"

urlpatterns = [
    path("api/", include("baomi.entrypoints.api.urls")),
    path("", include("baomi.entrypoints.web.urls")),
]
