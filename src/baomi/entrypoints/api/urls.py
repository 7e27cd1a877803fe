"""Every address of the API. Ids in them are random; no address carries a word of a register."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from baomi.entrypoints.api.answers import told
from baomi.entrypoints.api.api import addresses
from baomi.entrypoints.api.document import document
from baomi.entrypoints.guarding.logged_in import Asking


@require_safe
def openapi(request: Asking) -> HttpResponse:
    """The description of the API for programs."""
    return told(document())


urlpatterns = [path("openapi.json", openapi, name="api-openapi"), *addresses()]
