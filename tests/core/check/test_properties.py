"""What holds of every verdict: scale words change nothing, better is never worse, and print never turns one into another."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from kehoach_cli.core.check.evaluation import Evaluation, Verdict
from kehoach_cli.core.check.verdict import evaluate
from kehoach_cli.core.check.wording import difference_text
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import Direction, Target, TargetPart, contradicts
from kehoach_cli.viet.number import format_number
from tests.core.notation.test_target_phrases import PHRASES, rows

PLACES = {"đồng": 0, "nghìn đồng": 3, "triệu đồng": 6, "tỷ đồng": 9}
RANK = {Verdict.NO_DATA: -1, Verdict.MISSED: 0, Verdict.PARTLY: 1, Verdict.MET: 2, Verdict.EXCEEDED: 3}
# Each with the form in which a value answers it: the level itself, a change, a multiple.
SHAPES = (
    *((text, "{}") for text in ("{low}", "≥ {low}", "trên {low}", "≤ {low}", "dưới {low}", "khoảng {low}")),
    *((text, "{}") for text in ("{bare} - {high}", "ít nhất {bare} - {high}", "tối đa {bare} - {high}")),
    *((text, "giảm {}") for text in ("giảm {low}", "giảm {bare} - {high}", "giảm {low} so với năm 2020")),
    *((text, "tăng {}") for text in ("tăng {low}", "tăng trên {low}", "tăng {low} so với năm trước")),
)
# Phrases of what shall fall: phrase, unit, direction, and nothing more.
LOWER = """
30%       | % | decrease |
20 - 30%  | % | decrease |
dưới 30%  | % | decrease |
≤ 3/4     | % | decrease |
khoảng 5% | % | decrease |
"""
# Amounts that stay short in every unit, so that no figure has two readings.
amounts = st.integers(1, 5000).map(lambda number: number * 10**9)
scales = st.sampled_from(list(PLACES))
rates = st.sampled_from(["", "/người/năm", "/ha"])
directions = st.sampled_from([Direction.INCREASE, Direction.DECREASE])


def asked(target: str, unit: str | None, direction: Direction) -> Indicator:
    parts = parse_target(target, unit=unit, direction=direction)
    return Indicator("I-ct1", "Kết quả", unit, None, direction, (Target(2025, target, parts),))


def verdict(row: Indicator, value: str | None = None, levels: dict[int, str] | None = None) -> Evaluation:
    return evaluate(row, 2025, {2025: SubmittedIndicator(value, levels=levels or {})})


def number(amount: int, scale: str) -> str:
    return format_number(Decimal(format(Decimal(amount).scaleb(-PLACES[scale]).normalize(), "f")))


class TestScales:
    @given(st.data(), st.sampled_from(SHAPES), directions, rates)
    def test_target_unit_and_value_may_be_in_any(
        self, data: st.DataObject, shape: tuple[str, str], direction: Direction, per: str
    ) -> None:
        low, width, value = (data.draw(amounts) for _ in range(3))

        def judged(target: str, unit: str, typed: str) -> Evaluation:
            text, answer = shape
            amount = {"low": f"{number(low, target)} {target}{per}", "bare": number(low, target)}
            amount["high"] = f"{number(low + width, target)} {target}{per}"
            written = f"{number(value, typed)} {typed}{per}" if typed else number(value, unit)
            return verdict(asked(text.format(**amount), f"{unit}{per}", direction), answer.format(written))

        plain = judged("đồng", "đồng", "đồng")
        assert not plain.invalid
        unit = data.draw(scales)
        # Without a unit the value is in the indicator's own.
        found = judged(data.draw(scales), unit, data.draw(st.sampled_from(["", *PLACES])))
        assert (found.verdict, found.invalid) == (plain.verdict, False)

    @given(st.data(), st.sampled_from(["giảm 10% so với năm 2020", "tăng 20 - 30%", "gấp 2 lần năm 2020"]), directions)
    def test_levels_may_be_in_any(self, data: st.DataObject, target: str, direction: Direction) -> None:
        before, now = data.draw(amounts), data.draw(amounts)
        year = 2020 if "2020" in target else 2024

        def judged(unit: str, first: str, second: str) -> Verdict:
            levels = {year: f"{number(before, first)} {first}", 2025: f"{number(now, second)} {second}"}
            return verdict(asked(target, unit, direction), levels=levels).verdict

        plain = judged("đồng", "đồng", "đồng")
        assert plain in {Verdict.MISSED, Verdict.MET, Verdict.EXCEEDED}
        assert judged(data.draw(scales), data.draw(scales), data.draw(scales)) is plain


def figured() -> list[tuple[str, str | None, Direction]]:
    """Return the understood phrases of one clause that a figure answers, and that ask for a side and not for a level kept."""
    found = []
    for phrase, unit, direction, _ in [*rows(PHRASES), *rows(LOWER)]:
        parts = parse_target(phrase, unit=unit or None, direction=Direction(direction))
        sided = Direction(direction) in {Direction.INCREASE, Direction.DECREASE}
        if sided and len(parts) == 1 and parts[0].low is not None and not contradicts(parts[0], Direction(direction)):
            found.append((phrase, unit or None, Direction(direction)))
    return found


def answer(part: TargetPart, figure: Decimal) -> str:
    text = format_number(figure)
    if part.multiple:
        return f"gấp {text} lần"
    return f"{part.change} {text}" if part.change else text


class TestBetter:
    @given(st.sampled_from(figured()), st.decimals(0, 100, places=2), st.decimals(0, 100, places=2), st.integers(0, 12))
    def test_a_better_value_never_gets_a_worse_verdict(
        self, wanted: tuple[str, str | None, Direction], one: Decimal, other: Decimal, power: int
    ) -> None:
        phrase, unit, direction = wanted
        row = asked(phrase, unit, direction)
        (part,) = row.targets[0].parts
        if (unit or "").startswith("%") or part.of is not None:
            power = 0
        if part.rank:
            one, other = (figure.to_integral_value() + 1 for figure in (one, other))
        worse_first = direction is Direction.DECREASE and not (part.change or part.multiple)
        worse, better = sorted((one, other), reverse=worse_first)
        figures = [Decimal(format(figure.scaleb(power), "f")) for figure in (worse, better)]
        found = [verdict(row, answer(part, figure)) for figure in figures]
        # "16/15 xã" is no better value but a wrong one.
        assume(not any(evaluation.invalid for evaluation in found))
        assert RANK[found[1].verdict] >= RANK[found[0].verdict]

    @given(amounts, amounts, amounts, st.sampled_from([("giảm", 1), ("tăng", -1)]), st.integers(1, 90))
    def test_a_better_level_never_gets_a_worse_verdict(
        self, before: int, one: int, other: int, word: tuple[str, int], share: int
    ) -> None:
        verb, sign = word
        direction = Direction.DECREASE if verb == "giảm" else Direction.INCREASE
        row = asked(f"{verb} {share}% so với năm 2020", "đồng", direction)
        worse, better = sorted((one, other), reverse=sign > 0)
        found = [
            verdict(row, levels={2020: format_number(Decimal(before)), 2025: format_number(Decimal(now))}).verdict
            for now in (worse, better)
        ]
        assert RANK[found[1]] >= RANK[found[0]]


class TestPrint:
    @given(st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from(["{} ha", "≥ {} ha", "trên {} ha"]))
    def test_a_ratio_never_reads_as_another_verdict(self, goal: int, value: int, target: str) -> None:
        row = asked(target.format(format_number(Decimal(goal))), "ha", Direction.INCREASE)
        found = verdict(row, format_number(Decimal(value)))
        text = difference_text(found)
        assert (text == "bằng 100% mục tiêu") is (value == goal)
        ratio = Fraction(value * 100, goal)
        assert bool(text) is (ratio <= 1000)

    @given(st.decimals(0, 100, places=6), st.decimals(0, 100, places=6))
    def test_points_never_read_as_none(self, goal: Decimal, value: Decimal) -> None:
        written = [format_number(Decimal(format(one, "f"))) for one in (goal, value)]
        found = verdict(asked(written[0], "%", Direction.INCREASE), written[1])
        assert (difference_text(found) == "0 điểm %") is (goal == value)
