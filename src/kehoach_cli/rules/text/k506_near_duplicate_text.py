"""K506: a task whose text nearly repeats another's, or stands whole in it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.text import match_key

# Four words from every word with one of these first letters: about every fifth, and the same ones in both of two texts.
_SHINGLE = re.compile(r" (?=([cgh][^ ]* [^ ]+ [^ ]+ [^ ]+) )")
# What more tasks than this share is a set phrase ("bảo vệ môi trường, ứng phó với …") and says nothing.
_COMMON = 8
# Texts repeat each other if runs of so many words cover this share of the shorter one, and no fewer words than that.
_RUN, _SHARE, _LEAST = 6, 0.55, 12


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks that repeat much of an earlier one, each with the nearest one."""
    plan = document.plan
    if not plan:
        return
    words = cache(lambda index: tuple(re.findall(r"\w+", match_key(plan.tasks[index].text))))
    for later, shared in _candidates(plan.tasks).items():
        for earlier in sorted(shared, key=lambda index: (-shared[index], index))[:3]:
            if how := _likeness(words(later), words(earlier)):
                message = f"nội dung {plan.tasks[later].id} {how} {plan.tasks[earlier].id}"
                yield Hit(message, ("tasks", later, "text"))
                break


def _candidates(tasks: tuple[Task, ...]) -> dict[int, Counter[int]]:
    """Return for a task how many rare shingles it shares with which earlier ones."""
    # The hash stands for the shingle to save memory: a collision makes a candidate more, no finding.
    shingles = [set(map(hash, _SHINGLE.findall(f" {task.text.lower()} "))) for task in tasks]
    met: set[int] = set()
    again: set[int] = set()
    for found in shingles:
        again |= found & met
        met |= found
    places: dict[int, list[int]] = {}
    for index, mine in enumerate(shingles):
        for shingle in mine & again:
            places.setdefault(shingle, []).append(index)
    shared: dict[int, Counter[int]] = {}
    for rows in places.values():
        for n in range(1, len(rows) if len(rows) <= _COMMON else 0):
            shared.setdefault(rows[n], Counter()).update(rows[:n])
    return shared


def _likeness(later: tuple[str, ...], earlier: tuple[str, ...]) -> str:
    short, long = sorted((later, earlier), key=len)
    runs = {long[n : n + _RUN] for n in range(len(long) - _RUN + 1)}
    covered: set[int] = set()
    for n in range(len(short) - _RUN + 1):
        if short[n : n + _RUN] in runs:
            covered.update(range(n, n + _RUN))
    if later == earlier or len(covered) < _SHARE * len(short):
        return ""
    if f" {' '.join(short)} " in f" {' '.join(long)} ":
        return "nằm trọn trong" if short is later else "chứa trọn"
    return "trùng phần lớn với" if len(covered) >= _LEAST else ""


RULE = Rule(
    code="K506",
    slug="near-duplicate-text",
    severity=Severity.INFO,
    title="Hai nhiệm vụ gần trùng nội dung",
    why="""
        Một nhiệm vụ lặp lại gần hết nội dung của nhiệm vụ khác, hoặc nằm trọn trong nhiệm vụ khác, thì cùng một việc bị đếm
        và đòi báo cáo hai lần; cũng có thể khi nhập liệu đã chép nhầm đoạn.

        Kiểm tra lại với văn bản. Nếu văn bản đã ban hành như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do; khi báo cáo nên
        dẫn chiếu lẫn nhau.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Rà soát quy hoạch; kiểm tra việc thu gom và xử lý nước thải của các cơ sở sản xuất.
            lead: [so-a]
          - id: I.2
            kind: task
            text: Kiểm tra việc thu gom và xử lý nước thải của các cơ sở sản xuất.
        #         ^
            lead: [so-b]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Rà soát quy hoạch; kiểm tra việc thu gom và xử lý nước thải của các cơ sở sản xuất.
            lead: [so-a]
          - id: I.2
            kind: task
            text: Xét nghiệm định kỳ nguồn nước sinh hoạt nông thôn.
            lead: [so-b]
    """,
    check=check,
)
