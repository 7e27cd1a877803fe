"""What ``baomi setup`` asks at the terminal: each answer is checked at once, and asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from baomi.engine import registry
from baomi.engine.inputs import InvalidInputs, parse
from baomi.entrypoints.cli import founding
from baomi.entrypoints.cli.answer import Stop, say_while_working
from baomi.entrypoints.cli.ask import agreed, ask
from baomi.kernel.clock import clock
from baomi.kernel.words import Post
from baomi.registers.office.actions.found import FIRST_UNIT, Appointee, FoundingPlan
from baomi.registers.office.appointments import carried_by
from baomi.rulebook.terms import Terms

PLAN_FILE = "建账计划.yaml"

Content = dict[str, Any]
Wrong = Callable[[str], str | None]


def fill(content: Content) -> FoundingPlan:
    """Ask for everything, into ``content``; what was answered stays there whatever comes after.

    Raises ``Stop`` when nobody answers, ``InvalidInputs``.
    """
    fields = FoundingPlan.model_fields
    terms = Terms.on(clock.today())
    content["office"] = _asked(str(fields["office"].title), _checked("office"))
    content["units"] = _units()
    for role, field in fields.items():
        if field.annotation is Appointee:
            question = f"{field.title}（{field.description}）"
            content[role] = {}
            _appointee(role, question, content, terms)
    return founding.checked(content)


def offer_to_keep(content: Content) -> str | None:
    """Offer to write the answers into a plan file. Returns its name; None: nobody wanted it."""
    if not content:
        return None
    try:
        if not agreed("把已填的内容存成建账计划文件吗"):
            return None
        while True:
            name = ask(f"存到哪个文件（回车即 {PLAN_FILE}）", needed=False) or PLAN_FILE
            try:
                founding.keep(content, name)
            except FileExistsError:
                say_while_working(f"{name} 已经存在，不会覆盖：请换一个文件名。")
            except OSError:
                say_while_working(f"{name} 写不进去：请换一个位置。")
            else:
                return name
    except Stop:
        # nobody is there to answer
        return None


def _units() -> list[str]:
    def split(text: str) -> list[str]:
        named = (unit.strip() for unit in text.split("、"))
        return list(dict.fromkeys([FIRST_UNIT, *(unit for unit in named if unit)]))

    def wrong(text: str) -> str | None:
        return _fault({"units": split(text)}, "units")

    return split(_asked("办公室以外的单位（用、隔开，可不填）", wrong, needed=False))


def _appointee(role: str, question: str, content: Content, terms: Terms) -> None:
    """One person; who was named before is named again by his login alone."""
    told: dict[str, str] = content[role]

    def wrong_login(login: str) -> str | None:
        faulty = _fault({role: {"login": login}}, f"{role}.login")
        own = faulty or _his_own_witness(role, login, content)
        return own or clash(role, login, content, terms)

    login = _asked(f"{question}的登录名", wrong_login)
    told["name"] = _name_of(login, content) or _asked("  姓名", _checked(role, "name"))
    told["login"] = login
    told["letter"] = _asked("  任命文号", _checked(role, "letter"))


def _name_of(login: str, content: Content) -> str | None:
    """The name of somebody who was named before."""
    return next((each["name"] for each in _people(content) if each.get("login") == login), None)


def _people(content: Content) -> list[dict[str, str]]:
    return [each for each in content.values() if isinstance(each, dict)]


def _his_own_witness(role: str, login: str, content: Content) -> str | None:
    founder = content.get("founder", {}).get("login")
    if role == "witness" and login == founder:
        return "见证人不能是建账人本人，请另请一人"
    return None


def clash(role: str, login: str, content: Content, terms: Terms) -> str | None:
    """Why the holder of a login cannot take a post beside those that he was given (X1a)."""
    taken = {post for post in FoundingPlan.POSTS if post.value == role}
    held = {
        post for post in FoundingPlan.POSTS if content.get(post.value, {}).get("login") == login
    } - taken
    barring = {post for post in held if _with_carried({post}, terms) & _barred(taken, terms)}
    if not barring:
        return None
    titles = "、".join(sorted(terms.post_title(post) for post in barring))
    wanted = "、".join(terms.post_title(post) for post in taken)
    return f"{_name_of(login, content)}已任{titles}，不能再任{wanted}（三员分立），请改由他人担任"


def _with_carried(posts: set[Post], terms: Terms) -> set[Post]:
    return posts | {carried for post in posts for carried in carried_by(post, terms)}


def _barred(posts: set[Post], terms: Terms) -> set[Post]:
    return {other for post in _with_carried(posts, terms) for other in terms.excluded_with(post)}


def _checked(*place: str) -> Wrong:
    """A check of one answer by the plan's own rules."""

    def wrong(answer: str) -> str | None:
        nested: Any = answer
        for name in reversed(place):
            nested = {name: nested}
        return _fault(nested, ".".join(place))

    return wrong


def _fault(content: Content, place: str) -> str | None:
    """What is wrong at one place of a plan that is not complete yet."""
    try:
        parse(registry.actions()[founding.FOUND], content)
    except InvalidInputs as wrong:
        for fault in wrong.faults:
            if f"{fault.field}.".startswith(f"{place}."):
                return fault.sentence
    return None


def _asked(question: str, wrong: Wrong, *, needed: bool = True) -> str:
    while True:
        answer = ask(question, needed=needed)
        sentence = wrong(answer)
        if sentence is None:
            return answer
        say_while_working(f"{sentence}。")
