"""Posts: which are held for a unit, which by one at a time, which go together; and classes."""

from __future__ import annotations

from baomi.kernel.terms import Terms
from baomi.kernel.words import Post

FOR_A_UNIT = frozenset(
    {Post.UNIT_HEAD, Post.UNIT_LEADER_IN_CHARGE, Post.SECTION_HEAD, Post.UNIT_KEEPER}
)
ONE_AT_A_TIME = frozenset(
    {Post.GROUP_LEADER, Post.LEADER, Post.SECRECY_LEADER, Post.OFFICE_DIRECTOR, Post.UNIT_HEAD}
)
# held by nobody's appointment: what one is by being here, by a task, or by the class
NOT_APPOINTED = frozenset(
    {Post.ANYONE, Post.FOUNDER, Post.OFFICE_ITSELF, Post.HANDLER, Post.CLASSIFIED_PERSON}
)
# the rulebook's 组长 is the 秘书长: one appointment, known to the terms by the main post's code
_MAIN_POSTS = {Post.GROUP_LEADER: Post.SECRETARY_GENERAL}


def carried_by(post: Post, terms: Terms) -> tuple[Post, ...]:
    """Posts that an appointment carries with it from the same day (GZ1.0a, DM1a, DM1b)."""
    found = terms.ex_officio(_MAIN_POSTS.get(post, post)) - {post}
    return tuple(sorted(found))
