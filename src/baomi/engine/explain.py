"""Why may this not be done? Reads and judges, changes nothing, records nothing."""

from __future__ import annotations

from baomi.engine import registry
from baomi.engine.inputs import parse
from baomi.engine.perform import asked
from baomi.engine.request import Request
from baomi.kernel.judge import ACCESS, judge, may_ask
from baomi.kernel.verdict import Verdict


def explain(request: Request, *, filled_in: bool) -> Verdict:
    """The verdict on a button (``filled_in`` false) or on a form as far as it is filled in.

    Raises ``InvalidInputs`` and ``BadInput`` as ``perform`` does.
    """
    action = registry.actions()[request.action]
    asking = asked(action, request)
    refusals = may_ask(action, asking.actor, asking.terms)
    if refusals:
        return Verdict(tuple(refusals), (ACCESS,))
    deed = action.situate(asking)
    if filled_in:
        deed = action.complete(deed, parse(action, request.inputs))
    return judge(action, deed, registry.rulebook())
