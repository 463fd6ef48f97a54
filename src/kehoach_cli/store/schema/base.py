"""Field types of all files. Each error has a finding code and a Vietnamese message for the person who edits the file.

Each type also has a JSON Schema for editors (`WithJsonSchema`): an editor takes an unquoted 2025 for a number.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, NoReturn

from msgspec import Struct
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from kehoach_cli.core.notation.keys import EXAMPLES, nearest_key, parse_target_key
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.viet.dates import DateError, PartialDate, parse_iso
from kehoach_cli.viet.text import first_control, folded, is_folded, without_controls


class FileModel(BaseModel):
    """A part of a file. Unknown keys are refused, so that a misspelt key is not taken for a missing one."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def refuse(code: str, message: str, *, hint: str | None = None) -> NoReturn:
    """Refuse a value: a file with it cannot be used.

    Raises:
        PydanticCustomError: always; its context becomes the finding.
    """
    raise PydanticCustomError("kehoach", "{message}", {"message": message, "code": code, "hint": hint})


def shown(value: Any, width: int = 80) -> str:
    """Return a value as a message quotes it."""
    if not isinstance(value, str):
        shapes = {type(None): "để trống", bool: str(value).lower()}
        return shapes.get(type(value), "một nhóm khóa" if isinstance(value, dict) else "một danh sách")
    text = without_controls(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _text(value: Any) -> str:
    if type(value) is str and value and is_folded(value):
        return value
    if isinstance(value, bool):
        refuse("K103", f'"{str(value).lower()}" ở đây phải là chữ', hint="đặt trong dấu nháy kép")
    if not isinstance(value, str):
        refuse(
            "K103", "phải là một đoạn chữ" if value is not None else "để trống", hint="điền nội dung hoặc xóa khóa này"
        )
    if control := first_control(value):
        offset, name = control
        refuse(
            "K501",
            f"có ký tự điều khiển hoặc ký tự vô hình {name} sau {offset} ký tự: "
            f'"{shown(value[max(0, offset - 20) : offset + 20])}"',
            hint="xóa ký tự này",
        )
    text = folded(value)
    if not text:
        refuse("K103", "để trống", hint="điền nội dung hoặc xóa khóa này")
    return text


def _lines(value: Any) -> str:
    """Return a text of several lines, each folded; other texts are one line."""
    text = _text(value)
    if "\n" not in value:
        return text
    return "\n".join(line for one in value.splitlines() if (line := folded(one)))


def _whole(pattern: str, code: str, message: str) -> Callable[[Any], str]:
    """Return a check for a text that must match a pattern from start to end."""
    fits = re.compile(pattern, re.ASCII).fullmatch

    def check(value: Any) -> str:
        if type(value) is str and fits(value):
            return value
        text = _text(value)
        if not fits(text):
            refuse(code, message.format(shown(text)))
        return text

    return check


def _year(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(FOUR_DIGITS, value, re.ASCII):
        refuse("K403", f'năm "{shown(value)}" không hợp lệ', hint="viết năm bằng bốn chữ số, ví dụ 2025")
    return int(value)


def _single_year_key(value: Any) -> str:
    return str(_year(value))


def _target_key(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    try:
        parse_target_key(text)
    except PhraseError as error:
        refuse("K303", f'khóa "{shown(value)}" {error}', hint=_key_hint(text))
    if not re.fullmatch(_TARGET_KEY, text.strip(), re.ASCII):
        refuse("K303", f'khóa "{shown(value)}" có năm ngoài 1900 - 2199; viết {EXAMPLES}', hint=_key_hint(text))
    return text


def _key_hint(text: str) -> str:
    near = nearest_key(text)
    return f'viết "{near}"' if near else "đối chiếu với văn bản"


def _partial_date(value: Any) -> PartialDate:
    if not isinstance(value, str):
        refuse("K402", "ngày để trống", hint='viết null nếu bản sao không ghi ngày, hoặc "2026-04" nếu thiếu ngày')
    try:
        return parse_iso(value)
    except DateError as error:
        refuse("K402", f'ngày "{shown(value)}": {error}')


def _full_date(value: Any) -> date:
    partial = _partial_date(value)
    if partial.day is None:
        refuse("K402", f'ngày "{shown(value)}" phải có đủ năm-tháng-ngày, ví dụ "2026-06-30"')
    return partial.first


def _target(value: Any) -> str | dict[str, str]:
    return {_text(scope): _text(text) for scope, text in value.items()} if isinstance(value, dict) else _text(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        refuse("K103", f'"{shown(value)}" phải là true (có) hoặc false (không), không đặt trong dấu nháy')
    return value


class OneOf(Struct, frozen=True, eq=False):
    """A closed set of codes; `labels` gives each code its Vietnamese word."""

    labels: dict[str, str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse every other value."""
        return no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the codes, each with its word."""
        del schema, handler
        return {"type": "string", "enum": list(self.labels), "enumDescriptions": list(self.labels.values())}

    def _check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.labels:
            allowed = ", ".join(f"{code} ({label})" for code, label in self.labels.items())
            refuse("K103", f'giá trị "{shown(value)}" không có trong danh mục: {allowed}')
        return value


class IsAgencyId:
    """Marks a type whose values are ids of agencies: each one must be in a registry."""


class IsSchedule:
    """Marks a text that the reader of plans must understand as a schedule, with what the rest of the file says."""


_ROW_ID = r"(?:PL\d*|[IVXLC]+)(?:\.(?:\d+|[IVXLC]+))*(?:-(?:ct)?\d+)*"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
FOUR_DIGITS = r"(?:19|20|21)\d\d"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_TARGET_KEY = rf"{FOUR_DIGITS}(?:\s*-\s*{FOUR_DIGITS}|-(?:Q[1-4]|H[12]|9M|{_MONTH}(?:-{_DAY})?))?"


def _pattern(pattern: str, message: str, *types: str, **keywords: Any) -> dict[str, Any]:
    """Return a JSON Schema: a string of this pattern, or one of the other `types`; `message` says how to correct it."""
    # In some validators `\d` also matches digits of other scripts.
    whole = f"^(?:{pattern})$".replace(r"\d", "[0-9]")
    return {
        "type": ["string", *types] if types else "string",
        "pattern": whole,
        "patternErrorMessage": message,
        **keywords,
    }


def _year_schema(pattern: str, message: str) -> dict[str, Any]:
    return _pattern(pattern, message, "integer", minimum=1900, maximum=2199)


SLUG_SCHEMA = _pattern(_SLUG, 'Mã chỉ gồm chữ thường không dấu, chữ số và dấu "-", ví dụ so-y-te.')
_YEAR_SCHEMA = _year_schema(FOUR_DIGITS, "Viết năm bằng bốn chữ số, ví dụ 2025.")

Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
# What an agency writes in its own words: line breaks are kept to the page.
Lines = Annotated[str, PlainValidator(_lines), WithJsonSchema({"type": "string", "minLength": 1})]
# The tree keeps an unquoted 85 as text; a decimal must be quoted, or the difference of `1,5` and `1.5` is lost.
NumberText = Annotated[Text, WithJsonSchema({"type": ["string", "integer"], "minLength": 1})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema(_YEAR_SCHEMA)]
SingleYearKey = Annotated[str, BeforeValidator(_single_year_key), WithJsonSchema(_YEAR_SCHEMA)]
TargetKeyText = Annotated[
    str,
    BeforeValidator(_target_key),
    WithJsonSchema(_year_schema(_TARGET_KEY, f"Khóa phải là năm, kỳ trong năm hoặc giai đoạn: {EXAMPLES}.")),
]
IsoDate = Annotated[
    date,
    PlainValidator(_full_date),
    WithJsonSchema(_pattern(rf"\d{{4}}-{_MONTH}-{_DAY}", "Viết ngày theo dạng năm-tháng-ngày, ví dụ 2026-06-30.")),
]
MaybeDate = Annotated[
    PartialDate,
    PlainValidator(_partial_date),
    WithJsonSchema(
        _pattern(
            rf"\d{{4}}(?:-{_MONTH}(?:-{_DAY})?)?",
            "Viết ngày theo dạng năm-tháng-ngày, ví dụ 2026-06-30; thiếu ngày thì viết 2026-04.",
            "integer",
            minimum=1000,
            maximum=9999,
        )
    ),
]
Slug = Annotated[
    str,
    PlainValidator(_whole(_SLUG, "K102", 'mã "{}" chỉ gồm chữ thường không dấu, chữ số và dấu "-", ví dụ so-y-te')),
    WithJsonSchema(SLUG_SCHEMA),
]
AgencyId = Annotated[Slug, IsAgencyId()]
HeirId = Annotated[
    str,
    PlainValidator(
        _whole(
            rf"(?:{_SLUG}/)?{_SLUG}",
            "K102",
            'mã "{}" sai dạng; viết như so-y-te, hoặc thai-nguyen/so-y-te nếu cơ quan ở tỉnh khác',
        )
    ),
    WithJsonSchema(
        _pattern(
            rf"(?:{_SLUG}/)?{_SLUG}", "Mã sai dạng; viết như so-y-te, hoặc thai-nguyen/so-y-te nếu cơ quan ở tỉnh khác."
        )
    ),
    IsAgencyId(),
]
RowId = Annotated[
    str,
    PlainValidator(_whole(_ROW_ID, "K102", 'mã "{}" sai dạng; viết như III.1.3, PL2.II.14, PL.VIII.10.1 hoặc II.2-1')),
    WithJsonSchema(_pattern(_ROW_ID, "Mã sai dạng; viết như III.1.3, PL2.II.14, PL.VIII.10.1 hoặc II.2-1.")),
]
ScheduleText = Annotated[Text, IsSchedule()]
TargetValue = Annotated[
    Any,
    PlainValidator(_target),
    WithJsonSchema(
        {
            "type": ["string", "integer", "object"],
            "minLength": 1,
            "additionalProperties": {"type": ["string", "integer"], "minLength": 1},
        }
    ),
]
