"""Every address of the pages. Ids in them are random; no address carries a word of a register."""

from __future__ import annotations

from django.urls import path

from baomi.entrypoints.web.views import (
    bulk,
    deeds,
    home,
    objects,
    registers,
    rulebook,
    session,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("find", home.find, name="find"),
    path("r", registers.index, name="registers"),
    path("r/<str:name>", registers.register, name="register"),
    path("r/<str:name>/out", registers.take_out, name="take_out"),
    path("r/<str:name>/<uuid:key>", registers.search, name="search"),
    path("bulk/<str:name>", bulk.select, name="bulk"),
    path("bulk/<str:name>/<uuid:key>", bulk.many, name="bulk_on"),
    path("o/<str:kind>/<uuid:key>", objects.thing, name="object"),
    path("rules", rulebook.index, name="rulebook"),
    path("rules/<str:clause_id>", rulebook.clause, name="clause"),
    path("healthz", session.healthz, name="healthz"),
    path("login", session.log_in, name="login"),
    path("logout", session.log_out, name="logout"),
    path("password", session.password, name="password"),
    path("draft/<uuid:key>", deeds.draft, name="draft"),
    path("do", deeds.index, name="deeds"),
    path("do/<str:name>", deeds.deed, name="deed"),
    path("do/<str:name>/<uuid:target>", deeds.deed, name="deed_on"),
    path("judge/<str:name>", deeds.judge, name="judge"),
    path("pick/<str:kind>", deeds.pick, name="pick"),
    path("done/<uuid:op_id>", deeds.done, name="done"),
]
