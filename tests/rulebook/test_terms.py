"""The terms: what holds on a day, and how posts, classes and levels are told from it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from baomi.kernel import terms as kernel_terms
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.rulebook.documents import RulebookError
from baomi.rulebook.terms import TERMS_FOLDER, Terms
from baomi.rulebook.text import load_text

ADMINISTRATORS = [Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR]


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms.on(date(2026, 3, 1))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Terms that a test may spoil."""
    folder = tmp_path / "terms"
    shutil.copytree(TERMS_FOLDER, folder)
    return folder


def rewrite(path: Path, old: str, new: str) -> None:
    whole = path.read_text("utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new, 1), "utf-8")


def test_they_answer_what_the_kernel_asks(terms: Terms) -> None:
    asked: kernel_terms.Terms = terms
    assert asked.number("reading_due_days") == 0
    assert asked.post_title(Post.REGISTRAR) == "保密员"
    assert asked.calendar is terms.calendar


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reading_due_days", 0),
        ("handling_due_workdays", 5),
        ("imported_out_due_days", 30),
        ("room_measures_due_days", 30),
        ("after_the_fact_days", 30),
        ("password_max_age_days", 365),
        ("password_min_length", 10),
        ("password_history", 5),
        ("login_attempts", 5),
        ("login_lock_minutes", 15),
        ("cli_session_minutes", 10),
        ("leak_report_hours", 24),
    ],
)
def test_numbers_that_code_reads(terms: Terms, key: str, value: int) -> None:
    assert terms.number(key) == value


@pytest.mark.parametrize(
    ("level", "years"),
    [
        (Level.TOP_SECRET, 30),
        (Level.SECRET, 20),
        (Level.CONFIDENTIAL, 10),
        (Level.INTERNAL, None),
        (Level.NONE, None),
    ],
)
def test_presumed_term(terms: Terms, level: Level, years: int | None) -> None:
    assert terms.presumed_years(level) == years


def test_own_terms_stay_within_the_law(terms: Terms) -> None:
    assert terms.listed("own_levels") == ("secret", "confidential")
    for code in terms.listed("own_levels"):
        assert terms.number_for("own_max_term_years", code) <= terms.number_for(
            "max_term_years", code
        )


def test_restriction_period_has_a_floor_below_its_ceiling(terms: Terms) -> None:
    floors = [
        terms.number_for("restriction_period_months", c) for c in ("core", "important", "general")
    ]
    assert floors == [24, 12, 6]
    ceilings = [
        terms.number_for("restriction_period_max_months", c)
        for c in ("core", "important", "general")
    ]
    assert ceilings == [36, 24, 12]


def test_missing_papers_count_as_leaks_sooner_when_top_secret(terms: Terms) -> None:
    assert terms.number_for("missing_days", Level.TOP_SECRET.code) == 10
    assert terms.number_for("missing_days", Level.SECRET.code) == 60
    with pytest.raises(KeyError):
        terms.number_for("missing_days", "internal")


def test_a_value_is_not_read_as_another_type(terms: Terms) -> None:
    with pytest.raises(KeyError):
        terms.number("no_such_key")
    with pytest.raises(TypeError):
        terms.number("missing_days")
    with pytest.raises(TypeError):
        terms.days("leak_report_hours")
    with pytest.raises(TypeError):
        terms.number_for("reading_due_days", "secret")
    with pytest.raises(TypeError):
        terms.words("reading_due_days")
    with pytest.raises(TypeError):
        terms.listed("annual_plan_due")
    assert terms.days("handling_due_workdays") == 5
    assert terms.words("annual_plan_due") == "02-28"


def test_every_setting_serves_a_clause_that_exists(terms: Terms) -> None:
    known = load_text().by_id
    assert [k for k, one in terms.file.settings.items() if one.clause not in known] == []


def test_only_values_that_the_paper_fixes_are_not_marked_beyond(terms: Terms) -> None:
    assert {key for key, one in terms.file.settings.items() if not one.beyond} == {
        "unmarked_paper_level",
        "top_secret_return_days",
        "password_max_age_days",
        "media_loan_days",
        "self_check_interval_months",
        "pulping_levels",
        "destruction_supervisors",
        "own_levels",
        "own_max_term_years",
        "term_in_years_from_months",
        "departure_talkers",
        "restriction_period_months",
        "restriction_period_max_months",
    }


def test_every_approval_without_a_named_post_has_one_by_setting(terms: Terms) -> None:
    asked = {
        clause.id
        for clause in load_text().clauses
        for control in clause.controls
        if control.by_setting
    }
    assert asked == terms.file.approval_posts.keys()
    assert terms.approval_post("GZ2.3.1b") is Post.GROUP_LEADER


def test_every_post_has_its_own_chinese_title(terms: Terms) -> None:
    titles = [terms.post_title(post) for post in Post]
    assert len(set(titles)) == len(titles)
    assert terms.post_title("group_leader") == "组长（秘书长）"


@pytest.mark.parametrize("post", ADMINISTRATORS)
def test_an_administrator_is_nothing_else_that_watches_or_holds_papers(
    terms: Terms, post: Post
) -> None:
    others = {one for one in ADMINISTRATORS if one is not post}
    assert terms.excluded_with(post) == others | {Post.REGISTRAR, Post.UNIT_KEEPER}


def test_a_registrar_may_not_administer_but_may_head_a_unit(terms: Terms) -> None:
    assert terms.excluded_with(Post.REGISTRAR) == frozenset(ADMINISTRATORS)
    assert terms.excluded_with(Post.UNIT_HEAD) == frozenset()


def test_main_posts_carry_group_posts(terms: Terms) -> None:
    assert terms.ex_officio("secretary_general") == {Post.GROUP_LEADER, Post.STATUTORY_CLASSIFIER}
    assert terms.ex_officio(Post.OFFICE_DIRECTOR) == {
        Post.DEPUTY_GROUP_LEADER,
        Post.DESIGNATED_CLASSIFIER,
    }
    assert terms.ex_officio(Post.UNIT_HEAD) == {Post.GROUP_MEMBER}
    assert terms.ex_officio(Post.HANDLER) == frozenset()


def test_nobody_stands_in_for_himself(terms: Terms) -> None:
    assert terms.substitute_of(Post.GROUP_LEADER) is Post.DEPUTY_GROUP_LEADER
    assert terms.substitute_of(Post.OFFICE_DIRECTOR) is Post.GROUP_LEADER
    assert terms.substitute_of(Post.ARCHIVIST) is None
    assert all(post is not stand_in for post, stand_in in terms.file.substitutes.items())


def test_escalation_climbs_in_time(terms: Terms) -> None:
    steps = [step.after_days for step in terms.file.escalation]
    assert steps == sorted(set(steps))
    assert terms.file.escalation[-1].post is Post.GROUP_LEADER


@pytest.mark.parametrize(
    ("personnel_class", "level"),
    [
        (PersonnelClass.CORE, Level.TOP_SECRET),
        (PersonnelClass.IMPORTANT, Level.SECRET),
        (PersonnelClass.GENERAL, Level.CONFIDENTIAL),
        (PersonnelClass.NONE, Level.INTERNAL),
    ],
)
def test_what_a_class_may_read(terms: Terms, personnel_class: PersonnelClass, level: Level) -> None:
    assert terms.clearance_of(personnel_class) is level
    assert terms.level_for_class(personnel_class.value) == level.code


def test_level_names_agree_with_the_kernel(terms: Terms) -> None:
    for level in Level:
        assert terms.level_name(level.code) == level.title
    assert terms.level_name("work_secret") == "工作秘密"


def test_no_secret_by_ordinary_post_or_fax(terms: Terms) -> None:
    lawful = {code for code, means in terms.file.means.items() if means.lawful}
    assert {"exchange_station", "messenger"} <= lawful
    assert not lawful & {
        "ordinary_post",
        "fax",
        "telephone",
        "mobile",
        "email",
        "chat",
        "plain_telegram",
    }


def test_the_version_in_force_is_chosen_by_day(copied: Path) -> None:
    later = copied / "2027-01-01.yaml"
    shutil.copy(copied / "2020-12-24.yaml", later)
    rewrite(later, "in_force_since: 2020-12-24", "in_force_since: 2027-01-01")
    rewrite(
        later, "title: 阅件交回期限（天，0为当日）, value: 0", "title: 阅件交回期限（天）, value: 2"
    )
    old, new = (
        Terms.on(date(2026, 12, 31), folder=copied),
        Terms.on(date(2027, 1, 1), folder=copied),
    )
    assert (old.days("reading_due_days"), new.days("reading_due_days")) == (0, 2)
    assert new.in_force_since == date(2027, 1, 1)
    assert not old.before_first
    assert not new.before_first


def test_before_the_first_version_the_first_holds_and_is_flagged() -> None:
    early = Terms.on(date(2019, 5, 1))
    assert early.before_first
    assert early.in_force_since == date(2020, 12, 24)
    assert not Terms.on(date(2020, 12, 24)).before_first


def test_files_are_read_once() -> None:
    assert Terms.on(date(2025, 1, 1)).file is Terms.on(date(2026, 1, 1)).file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in_force_since: 2020-12-24", "in_force_since: 2020-12-25", "与文件名不符"),
        ("level_names:", "colour_names:", "level_names|colour_names"),
        ("  unit_head: [group_member]", "  unit_head: [group_mascot]", "不在允许的取值之内"),
        ("  registrar: 保密员\n", "", "没有名称的岗位：registrar"),
        ("'(?<!城)市(?!场)'", "'(市'", "“\\(市”不是正确的匹配式"),
        ("may_read: top_secret", "may_read: cosmic", "写法不对"),
        ("clause: GZ2.3.2b, beyond: true}", "clause: GZ2.3.2b, beyand: true}", "是未知的项"),
    ],
)
def test_wrong_terms_are_refused_in_chinese(copied: Path, old: str, new: str, message: str) -> None:
    rewrite(copied / "2020-12-24.yaml", old, new)
    with pytest.raises(RulebookError, match=message):
        Terms.on(date(2026, 1, 1), folder=copied)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="没有找到制度的设置文件"):
        Terms.on(date(2026, 1, 1), folder=tmp_path)
