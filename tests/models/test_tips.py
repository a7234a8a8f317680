"""Tips rest on figures: each says how many, and where too little is known, or chance would do, nothing is said."""

from __future__ import annotations

import random
from datetime import date
from statistics import median as usual_median

import pytest

from app.models.insight import Asked
from app.models.post import PostFormat
from app.models.tip import TipKind
from app.models.tips import FirstAnswer, PostResult, QuestionDay, TipFacts, median, standing_out, tips, weighed

TODAY = date(2026, 11, 18)


def asked(times: int, *, published: bool = False, number: int = 1, before: int = 4) -> Asked:
    return Asked(number, "My download link expired", "technical", published, times, before)


def post(
    number: int,
    value: int,
    *,
    account: int = 1,
    weekday: int = 1,
    hour: int = 10,
    pillar: str = "releases",
    kind: PostFormat = PostFormat.INFORMS,
) -> PostResult:
    return PostResult(number, account, weekday, hour, pillar, kind, value)


def test_nothing_known_nothing_said() -> None:
    assert tips(TipFacts(TODAY)) == []


def test_a_question_of_the_week_says_its_number_its_days_and_what_it_would_save() -> None:
    tip = tips(TipFacts(TODAY, asked=[asked(11)], seconds_an_answer=110))[0]
    assert (tip.kind, tip.key, tip.about, tip.text) == (TipKind.ASKED, "asked:1", 1, "My download link expired")
    assert tip.said.values["minutes"] == 20
    assert tip.evidence.values == {
        "n": 11,
        "first": date(2026, 11, 11),
        "last": date(2026, 11, 17),
        "before": 4,
        "seconds": 110,
    }


def test_without_a_pace_no_minutes_are_promised() -> None:
    tip = tips(TipFacts(TODAY, asked=[asked(11)]))[0]
    assert tip.said.id == "tips.asked"
    assert "minutes" not in tip.said.values


def test_what_is_published_or_rare_is_no_tip() -> None:
    assert tips(TipFacts(TODAY, asked=[asked(11, published=True), asked(4, number=2)])) == []


def test_the_weekday_on_which_answers_are_late() -> None:
    answers = [FirstAnswer(0, late=n < 9) for n in range(14)] + [FirstAnswer(2, late=n < 6) for n in range(80)]
    tip = tips(TipFacts(TODAY, answers=answers))[0]
    assert tip.key == "slow_day:0"
    values = tip.evidence.values
    assert (values["late"], values["n"], values["others_late"], values["others"]) == (9, 14, 6, 80)


def test_a_weekday_with_few_answers_says_nothing() -> None:
    answers = [FirstAnswer(0, late=True) for _ in range(7)] + [FirstAnswer(2, late=False) for _ in range(80)]
    assert tips(TipFacts(TODAY, answers=answers)) == []


def test_more_questions_after_days_on_which_something_was_sold() -> None:
    sold = [QuestionDay(many, after_promo=True) for many in (6, 7, 5, 8, 6, 7, 9, 6, 7, 5)]
    others = [QuestionDay(2 + number % 3, after_promo=False) for number in range(30)]
    (tip,) = tips(TipFacts(TODAY, questions=[*sold, *others]))
    assert tip.kind is TipKind.AFTER_PROMO
    assert tip.said.values["times"] == 2.2
    assert (tip.evidence.values["n"], tip.evidence.values["others"]) == (10, 30)
    assert tips(TipFacts(TODAY, questions=[*sold[:7], *others])) == [], "too few such days"
    alike = [day._replace(after_promo=number % 4 == 0) for number, day in enumerate([*sold, *others])]
    assert tips(TipFacts(TODAY, questions=alike)) == []
    assert tips(TipFacts(TODAY, questions=[day._replace(many=0) for day in (*sold, *others)])) == []


def test_a_pillar_that_travels_further_beside_all_others() -> None:
    posts = [post(n, 30 + n % 5, pillar="scene") for n in range(12)] + [
        post(100 + n, 10 + n % 5, weekday=n % 7) for n in range(30)
    ]
    tip = next(tip for tip in tips(TipFacts(TODAY, posts=posts)) if tip.kind is TipKind.PILLAR)
    assert tip.key == "pillar:scene"
    assert (tip.evidence.values["n"], tip.evidence.values["others"]) == (12, 30)
    assert tip.said.values["times"] == pytest.approx(32 / 12, abs=0.1)


def test_what_the_same_posts_would_tell_twice_is_told_once() -> None:
    """Posts of one pillar that always go out at one hour: nobody knows which of both it is."""
    same = [post(n, 30 + n % 5, pillar="scene", weekday=4, hour=10) for n in range(12)]
    posts = [*same, *(post(100 + n, 10 + n % 5, weekday=n % 4) for n in range(30))]
    assert len(tips(TipFacts(TODAY, posts=posts))) == 1


def test_one_lucky_post_is_none() -> None:
    posts = [post(n, 5000 if n == 0 else 10 + n % 4, pillar="scene") for n in range(12)] + [
        post(100 + n, 10 + n % 4) for n in range(30)
    ]
    assert tips(TipFacts(TODAY, posts=posts)) == []


def test_accounts_of_different_size_are_weighed_before_they_are_compared() -> None:
    """The large account has other pillars, not better ones."""
    large = [post(n, 1000 + n, account=1, pillar="offers") for n in range(20)]
    small = [post(100 + n, 10 + n % 3, account=2, pillar="scene") for n in range(20)]
    assert tips(TipFacts(TODAY, posts=large + small)) == []


def test_a_post_on_several_accounts_counts_once() -> None:
    posts = [post(n, 10, account=account) for n in range(10) for account in (1, 2, 3)]
    assert [each.weight for each in weighed(posts)] == [1.0] * 10


def test_an_account_where_hardly_anything_is_measured_says_nothing() -> None:
    assert weighed([post(n, 0) for n in range(20)]) == []
    assert weighed([post(n, 5) for n in range(7)]) == []


def test_chance_alone_is_seldom_taken_for_advice() -> None:
    """Two hundred shops whose posts differ by nothing but luck."""
    luck = random.Random(7)
    told = 0
    for _ in range(200):
        posts = [
            post(
                n,
                int(luck.lognormvariate(3, 1)),
                pillar=luck.choice(("scene", "releases", "offers", "help")),
                weekday=luck.randrange(7),
                hour=luck.choice((9, 13, 19)),
            )
            for n in range(80)
        ]
        told += bool(tips(TipFacts(TODAY, posts=posts)))
    assert told <= 10


def test_the_rank_test_agrees_with_counting_pairs() -> None:
    luck = random.Random(3)
    for _ in range(50):
        group = [luck.randrange(8) for _ in range(luck.randrange(1, 15))]
        others = [luck.randrange(8) for _ in range(luck.randrange(1, 15))]
        pairs = sum((a > b) + (a == b) / 2 for a in group for b in others)
        expected = pairs - len(group) * len(others) / 2
        found = standing_out(group, others)
        assert (found > 0) == (expected > 0) or abs(expected) < 1e-9 or found == 0.0
        assert standing_out(others, group) == pytest.approx(-found)


def test_the_median_is_that_of_the_library() -> None:
    luck = random.Random(5)
    for _ in range(20):
        values = [luck.random() for _ in range(luck.randrange(1, 30))]
        assert median(values) == usual_median(values)
