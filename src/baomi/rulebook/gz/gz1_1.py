"""GZ1.1 The leading group drafts plans and summaries, the rules of secrecy, and other papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from baomi.kernel.clause import Clause, Opening, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.schedule import months_later, yearly
from baomi.kernel.terms import Terms
from baomi.kernel.words import Post
from baomi.registers.governance.facts import (
    PlanIsAdopted,
    RulebookIsReviewed,
    RulebookVersionIsAdopted,
    SummaryIsAdopted,
)

clause = Clause("GZ1.1", "计划、制度和文件材料", in_force_since=date(2020, 12, 24))

_THE_OFFICE = Owner(person=None, post=Post.OFFICE_DIRECTOR, unit=None)

clause.a.register(
    "governance_yearly",
    fields=("year", "title", "drafted_by"),
    what="登记年度计划与总结",
)
clause.a.form("governance.plan", what="印制年度计划")
clause.a.form("governance.summary", what="印制年度总结")


def _due_each_year(setting: str, first: date, last: date, terms: Terms) -> Iterator[date]:
    """The days by which it is due, of what is shown from a day between the two on."""
    ahead = timedelta(days=terms.number("yearly_work_days_before"))
    return yearly(terms.words(setting), first + ahead, last + ahead)


def _plans(first: date, last: date, terms: Terms) -> Iterator[Opening]:
    """The plan of the year that has begun."""
    ahead = timedelta(days=terms.number("yearly_work_days_before"))
    for due in _due_each_year("annual_plan_due", first, last, terms):
        yield Opening(subject=None, period=str(due.year), opens_on=due - ahead, due_on=due)


def _summaries(first: date, last: date, terms: Terms) -> Iterator[Opening]:
    """The summary of the year before."""
    ahead = timedelta(days=terms.number("yearly_work_days_before"))
    for due in _due_each_year("annual_summary_due", first, last, terms):
        yield Opening(subject=None, period=str(due.year - 1), opens_on=due - ahead, due_on=due)


clause.a.timed_duty(
    "draft_the_plan",
    title="起草年度保密工作计划",
    openings=_plans,
    owner=_THE_OFFICE,
    closes_on=PlanIsAdopted,
    waived_by=Post.GROUP_LEADER,
)
clause.a.timed_duty(
    "draft_the_summary",
    title="起草上年度保密工作总结",
    openings=_summaries,
    owner=_THE_OFFICE,
    closes_on=SummaryIsAdopted,
    waived_by=Post.GROUP_LEADER,
)

clause.b.register(
    "governance_rulebook_version",
    fields=("system", "issued_on"),
    what="登记制度的各个版本",
)


def _review_due(it: RulebookVersionIsAdopted | RulebookIsReviewed, deed: Deed[Any]) -> date:
    return months_later(deed.today, deed.terms.number("rulebook_review_months"))


def _reviewer(it: RulebookVersionIsAdopted | RulebookIsReviewed, deed: Deed[Any]) -> Owner:
    return _THE_OFFICE


_REVIEWED = (RulebookVersionIsAdopted, RulebookIsReviewed)

clause.b.duty(
    "review_the_rulebook",
    title="复核制度是否需要修订",
    opens_on=RulebookVersionIsAdopted,
    closes_on=_REVIEWED,
    owner=_reviewer,
    due=_review_due,
    waived_by=Post.GROUP_LEADER,
)
clause.b.duty(
    "review_the_rulebook",
    title="再次复核制度是否需要修订",
    opens_on=RulebookIsReviewed,
    closes_on=_REVIEWED,
    owner=_reviewer,
    due=_review_due,
    waived_by=Post.GROUP_LEADER,
)

clause.c.register(
    "governance_document",
    fields=("kind", "title", "drafted_by"),
    what="登记保密工作的其他文件和材料",
)
