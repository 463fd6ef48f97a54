"""Rules for taking filled forms into progress files: in which order, which are refused, and what a file says afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kehoach_cli.core.forms.fingerprint import answers_kept
from kehoach_cli.core.model.finding import Finding, KeyPath, Severity
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.viet.text import match_key

# Two agencies differ: they must agree with each other, neither form is at fault, and both are kept.
_ACCEPTED = frozenset({"K615"})
# A form that is sent later than this after the end of its period is probably one of an earlier period, typed into again.
_LATEST = timedelta(days=90)


def form_order(document: SourceFile) -> tuple[date, date, str]:
    """Return the order in which forms are taken: by cutoff and sending date, so that the latest one counts."""
    value = document.value if isinstance(document.value, tuple) else ()
    cutoff, sent = min(((one.cutoff, one.submitted or date.min) for one in value), default=(date.min, date.min))
    return cutoff, sent, document.file


def refusal(findings: Iterable[Finding], submissions: Sequence[Submission]) -> str:
    """Return why a form with these findings and submissions is refused; empty where it is not."""
    errors = [one for one in findings if one.severity is Severity.ERROR and one.code not in _ACCEPTED]
    if errors:
        return f"có {len(errors)} lỗi"
    return "" if submissions else "chưa điền mục nào"


def latest(submissions: Iterable[Submission]) -> Submission | None:
    """Return the submission with the latest cutoff."""
    return max(submissions, key=lambda one: (one.cutoff, one.file), default=None)


def of_another_time(submission: Submission, period: Period | None, today: date) -> str:
    """Return why a form is not of the period that is collected, or of no time that can be; `period` is the one asked for.

    A form without a sending date counts as sent today.
    """
    own = submission.period
    days = {"chốt số liệu": submission.cutoff, "gửi": submission.submitted or today}
    for word, day in days.items():
        if day > today:
            return f"ngày {word} {_day(day)} sau hôm nay ({_day(today)}); sửa ngày trong biểu"
    if period is not None and own != period:
        return f"biểu của {own.text}, đang thu {period.text}"
    last = own.last_day + _LATEST
    late = [f"{word} {_day(day)}" for word, day in days.items() if day > last]
    if period is None and late:
        return (
            f"biểu của {own.text} mà {', '.join(late)}: có thể đã điền nhầm vào biểu {'kỳ' if own.part else 'năm'} cũ; "
            f"đúng là số liệu {own.text} thì thêm {own.option}"
        )
    return ""


def meant_period(submissions: Sequence[Submission], today: date) -> Period:
    """Return the period that a form of another period was probably meant for, by the day it was sent."""
    days = [max(one.cutoff, one.submitted or today) for one in submissions]
    day = min(max(days, default=today), today) - _LATEST
    return next((one.period.at(day) for one in submissions), Period(day.year))


def backward(standing: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return why a form that says something else may not replace what stands: it is older, or nobody can tell."""
    then, now = _sent(standing), _sent(new)
    both = f"đã có {_dates(standing)}, biểu này {_dates(new)}"
    if now < then:
        return f"biểu cũ hơn báo cáo đã nhận: {both}; vẫn muốn thay thì thêm --force"
    if now == then:
        return f"số liệu khác báo cáo đã nhận mà không có ngày gửi muộn hơn: {both}; ghi ngày gửi mới vào biểu, hoặc --force"
    return ""


def merged(standing: Mapping[str, Any], new: Mapping[str, Any], erased: Iterable[KeyPath] = ()) -> dict[str, Any]:
    """Return what a file says once a form is in it: an answer replaces, a blank keeps, and only `erased` removes."""
    found = _merged(standing, {key: value for key, value in new.items() if key != "funding"})
    if rows := _merged_funding(standing.get("funding", []), new.get("funding", []), list(erased)):
        found["funding"] = rows
    for path in erased:
        if path[0] != "funding":
            found = _without(found, _whole(path))
    if marks := answers_kept(found):
        found["answers"] = marks
    else:
        found.pop("answers", None)
    return {key: found[key] for key in [*(key for key in standing if key in found), *found]}


def _merged(standing: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(standing)
    for key, value in new.items():
        before = standing.get(key)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        found[key] = _merged(before, value) if both else value  # type: ignore[arg-type]
    # The mark of an estimate belongs to the figure: another figure comes with its own.
    if "value" in new and "estimate" not in new and found["value"] != standing.get("value"):
        found.pop("estimate", None)
    return found


def _merged_funding(
    standing: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], erased: Sequence[KeyPath]
) -> list[dict[str, str]]:
    """Return the rows of both; rows are the same by their source, and the second row of a source is its second row."""
    found = {name: dict(row) for name, row in zip(_names(standing), standing, strict=True)}
    for index, (name, row) in enumerate(zip(_names(new), new, strict=True)):
        gone = {str(path[-1]) for path in erased if path[:2] == ("funding", index)}
        kept = {key: value for key, value in {**found.get(name, {}), **row}.items() if key not in gone}
        found[name] = kept
        if gone and not kept.keys() & {"planned", "spent"}:
            del found[name]
    return list(found.values())


def in_order_of(other: Mapping[Any, Any], document: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return a document with its keys and rows of funding as they stand in another, those that the other lacks behind them."""
    found: dict[Any, Any] = {}
    for key in [*(key for key in other if key in document), *(key for key in document if key not in other)]:
        said, value = other.get(key), document[key]
        if isinstance(value, Mapping) and isinstance(said, Mapping):
            found[key] = in_order_of(said, value)
        elif key == "funding" and said:
            rows = dict(zip(_names(value), value, strict=True))
            found[key] = list(in_order_of(dict(zip(_names(said), said, strict=True)), rows).values())
        else:
            found[key] = value
    return found


def _names(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, int]]:
    names: list[tuple[str, int]] = []
    for row in rows:
        key = match_key(row.get("source", ""))
        names.append((key, sum(name == key for name, _ in names)))
    return names


def _whole(path: KeyPath) -> KeyPath:
    """Return what goes with a value: without its day an extension is none."""
    return path[:-1] if path[-2:] == ("extension", "to") else path


def _without(document: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
    """Return a document without the value at `path`, and without the groups that this leaves empty."""
    found = {key: value for key, value in document.items() if str(key) != str(path[0])}
    (child,) = [value for key, value in document.items() if str(key) == str(path[0])] or [None]
    if len(path) > 1 and isinstance(child, Mapping) and (rest := _without(child, path[1:])):
        return {key: rest if str(key) == str(path[0]) else value for key, value in document.items()}
    return found


def _sent(document: Mapping[str, Any]) -> tuple[date, date]:
    return document["cutoff"], document.get("submitted") or date.min


def _dates(document: Mapping[str, Any]) -> str:
    sent = document.get("submitted")
    return f"chốt {_day(document['cutoff'])}, " + (f"gửi {_day(sent)}" if sent else "không ghi ngày gửi")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
