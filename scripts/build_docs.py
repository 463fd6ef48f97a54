"""Write the generated pages of docs/: `python scripts/build_docs.py`. A test holds them current."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct
from pydantic.fields import FieldInfo

from kehoach_cli.core.notation.keys import parse_target_key, time_text
from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.notation.target import Direction, Target, TargetKind, part_text
from kehoach_cli.core.tables.declared import VERSION
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.errors import ExitCode
from kehoach_cli.render.labels import DIRECTIONS, SCHEDULE_KINDS, TARGET_KINDS, schedule_meaning
from kehoach_cli.render.rules import RuleText, rules_page
from kehoach_cli.rules import BY_CODE, RULES
from kehoach_cli.rules.suppress import suppressions
from kehoach_cli.store.schema.base import FileModel, OneOf
from kehoach_cli.store.schema.json_schema import MODELS, flow
from kehoach_cli.store.workspace.lint import source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from kehoach_cli.templating.language import FILTERS
from kehoach_cli.viet.dates import format_date
from kehoach_cli.word.template_variables import ConsolidatedView, LetterView, ReportView, SummaryView
from kehoach_cli.word.templates import TEMPLATES

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = tomllib.loads((ROOT / "scripts" / "template_words.toml").read_text(encoding="utf-8"))

EXIT_MEANINGS = {
    ExitCode.OK: ("Xong, không có gì phải xử lý.", "Dùng kết quả."),
    ExitCode.FINDINGS: (
        (
            "Đã chạy xong nhưng có điều phải xem: `lint` thấy lỗi (với `--strict`: cả cảnh báo); `check` thấy chỉ tiêu không đạt"
            " hoặc số liệu sai (chọn bằng `--fail-on`); `collect` từ chối một biểu; lệnh khác: có tệp hỏng, phần còn lại vẫn được"
            " dùng."
        ),
        "Đọc các dòng đã in: mỗi dòng nêu tệp, dòng hoặc ô, và cách sửa.",
    ),
    ExitCode.USAGE: (
        "Câu lệnh sai: tùy chọn không có, cơ quan, kế hoạch hoặc mã không có, năm nằm ngoài thời kỳ của kế hoạch.",
        "Sửa câu lệnh theo gợi ý; `kehoach LỆNH --help`.",
    ),
    ExitCode.CANNOT_RUN: (
        "Không làm được: không đọc được tệp nào, không ghi được, tệp đã có mà thiếu `--force`, hoặc kỳ đã chốt.",
        "Xem lại tệp, quyền ghi, nơi ghi.",
    ),
    ExitCode.BUG: (
        "Lỗi của chính kehoach.",
        "Chạy lại với `kehoach --debug LỆNH …`, gửi phần in ra cho nhóm phát triển.",
    ),
}
NOTATION_HEAD = (
    "# Cách ghi thời gian và mục tiêu",
    "",
    "Trang này được sinh từ các trường hợp mà bài kiểm tra của kehoach dùng. Thời gian (`schedule`) và mục tiêu (`targets`)",
    "chép nguyên văn; kehoach đọc các cách viết dưới đây và in lại cách hiểu để đối chiếu. Cụm từ có một nghĩa thì hiểu, có",
    "hai nghĩa thì từ chối và nêu cả hai; không đoán.",
    "",
    "- Không ghi năm: trong kế hoạch một năm, hoặc dưới tiêu đề mục có thời gian một năm, là năm đó. Nếu ngày ấy trước ngày",
    "  ban hành văn bản thì phải ghi năm. Thời hạn báo cáo (`due`) không ghi năm là của mọi năm.",
    '- "Trước ngày 10/6" hết hạn vào ngày 09/6; cài đặt `strict_before` trong `kehoach.toml` đổi cách đọc này.',
    "- Số ngày kể từ ngày ký là ngày lịch, tính từ ngày của văn bản.",
    "- Nhiều mốc có lời riêng thì mỗi mốc có thời hạn riêng; khóa `milestones` của nhiệm vụ được dùng thay cho chuỗi đã in.",
    "- Số không ghi đơn vị là theo đơn vị tính của chỉ tiêu; nghìn, triệu, tỷ thuộc về cả hai đầu của một khoảng.",
    "",
)
TYPE_WORDS = {
    "string": "chữ", "integer": "số", "boolean": "true/false", "array": "danh sách", "object": "nhóm khóa",
}  # fmt: skip
FILE_PLACES = {
    "plan": "`plans/<mã>.yaml`",
    "registry": "`plans/agencies/<tỉnh>.yaml`",
    "progress": "`progress/<năm>/<kế hoạch>--<cơ quan>.yaml`",
    "source": "`plans/sources/<mã>.yaml`",
    "lock": "`progress/<kỳ>/lock.yaml`",
    "legal": "`plans/legal.yaml`",
    "amendment": "`plans/amendments/<mã>.yaml`",
}


def suppressed_page() -> str:
    """Return every suppression of the shipped files with its reason: what is true of the documents and stays."""
    lines = [
        "# Những điểm đã ghi nhận trong các kế hoạch đi kèm",
        "",
        "Trang này được sinh từ ghi chú `# kehoach: ignore[…]` trong các tệp. Mỗi điểm đúng với văn bản đã ban hành",
        "nên được giữ nguyên.",
        "",
    ]
    for document in source_files(Root(ROOT), Settings()):
        found = list(suppressions(document))
        if not found:
            continue
        name = Path(document.file).resolve().relative_to(ROOT).as_posix()
        lines += [f"## {name}", "", "| Dòng | Quy tắc | Lý do giữ nguyên |", "| ---: | --- | --- |"]
        for comment in found:
            codes = "; ".join(f"{code} {BY_CODE[code].title}" for code in comment.codes)
            lines.append(f"| {comment.target} | {codes} | {comment.reason} |")
        lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    """Return every command with its arguments, options and defaults, and what the exit codes mean."""
    from kehoach_cli.cli.app import program

    group = program()
    commands = dict(_commands({name: group.load(name) for name in group.commands}))
    lines = [
        "# Lệnh, tùy chọn và mã thoát",
        "",
        "Trang này được sinh từ mã nguồn. Ở máy của mình: `kehoach --help`, `kehoach LỆNH --help`.",
        "",
        "| Lệnh | Việc |",
        "| --- | --- |",
        *(f"| [`{name}`](#{name.replace(' ', '-')}) | {command.short_help} |" for name, command in commands.items()),
        "",
        "## Tùy chọn chung",
        "",
        "Đứng trước tên lệnh: `kehoach --root ke-hoach-tinh tasks`.",
        "",
        *_option_rows([param for param in group.params if not param.name.endswith("_completion")]),
        "",
        "`kehoach --install-completion` cài tự điền lệnh: gõ dở tên lệnh, tên cơ quan, mã nhiệm vụ rồi bấm Tab.",
        "Thêm tên shell (bash, zsh, fish, powershell) ở cuối để cài cho shell khác shell đang dùng.",
        "",
    ]
    for name, command in commands.items():
        arguments = [param for param in command.params if param.param_type_name == "argument"]
        usage = " ".join(["kehoach", name, "[TÙY CHỌN]", *(_argument(one) for one in arguments)])
        lines += [f"## {name}", "", f"`{usage}`", "", *_help_lines(command.help), ""]
        lines += [f"- `{one.metavar}`: {one.help}" for one in arguments] + ([""] if arguments else [])
        lines += [*_option_rows([one for one in command.params if one.param_type_name == "option"]), ""]
    return "\n".join([*lines, *_exit_lines()])


def _commands(found: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the commands in their order; those of a group by both words."""
    for name, command in found.items():
        if hasattr(command, "commands"):
            yield from _commands(command.commands, f"{before}{name} ")
        else:
            yield before + name, command


def _argument(argument: Any) -> str:
    shown = str(argument.metavar)
    return shown if argument.required or shown.startswith("[") else f"[{shown}]"


def _help_lines(text: str) -> list[str]:
    """Return a command's help with its example set apart."""
    return [
        f"Ví dụ: `{line.removeprefix('Ví dụ: ')}`" if line.startswith("Ví dụ: ") else line
        for line in text.strip().splitlines()
    ]


def _option_rows(options: list[Any]) -> list[str]:
    rows = ["| Tùy chọn | Giá trị | Mặc định | Ý nghĩa |", "| --- | --- | --- | --- |"]
    for option in options:
        names = ", ".join(f"`{name}`" for name in option.opts)
        value = "" if option.is_flag else f"`{option.metavar}`".replace("|", "\\|")
        default = "bắt buộc" if option.required else _default(option.default)
        rows.append(f"| {names} | {value} | {default} | {option.help} |")
    return rows


def _default(value: Any) -> str:
    return f"`{value}`" if value not in (None, "", False, (), []) else ""


def _exit_lines() -> list[str]:
    lines = [
        "## Mã thoát",
        "",
        "Dữ liệu in ra stdout, lời nhắn in ra stderr. Khi dùng trong kịch bản, xem mã thoát:",
        "",
        "| Mã | Nghĩa | Cần làm |",
        "| ---: | --- | --- |",
    ]
    return [*lines, *(f"| {code.value} | {' | '.join(EXIT_MEANINGS[code])} |" for code in ExitCode), ""]


def schema_page() -> str:
    """Return every key of the kinds of file with its meaning and examples."""
    lines = [
        "# Các khóa trong tệp",
        "",
        "Trang này được sinh từ lược đồ. Trình soạn thảo có tiện ích YAML gợi ý và giải thích đúng các khóa này ngay khi sửa",
        "tệp; `kehoach schema plan` in lược đồ JSON Schema.",
        "",
        *(
            f"- [{MODELS[name].model_config['title']}](#{_anchor(name, MODELS[name])}): {FILE_PLACES[name]}"
            for name in MODELS
        ),
        "",
    ]
    for name, model in MODELS.items():
        for part in _parts(model):
            lines += _part_lines(name, part, top=part is model)
    return "\n".join(lines)


def _parts(model: type[FileModel]) -> list[type[FileModel]]:
    """Return a model and everything it is made of, each once, in the order of their keys."""
    found = [model]
    for one in found:
        for field in one.model_fields.values():
            found += [inner for inner in _inner(field.annotation) if inner not in found]
    return found


def _inner(annotation: Any) -> Iterator[type[FileModel]]:
    """Yield the models named in a type."""
    if isinstance(annotation, type) and issubclass(annotation, FileModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inner(argument)


def _part_lines(name: str, part: type[FileModel], *, top: bool) -> list[str]:
    extra = part.model_config.get("json_schema_extra")
    description = extra["description"] if isinstance(extra, dict) else ""
    properties = part.model_json_schema(by_alias=True)["properties"] if not top else _top_properties(part)
    lines = [
        f'<a id="{_anchor(name, part)}"></a>',
        "",
        f"{'##' if top else '###'} {part.model_config['title']}",
        "",
        f"{description}" + (f" Nằm ở {FILE_PLACES[name]}." if top else ""),
        "",
        "| Khóa | Kiểu | Tên | Ý nghĩa |",
        "| --- | --- | --- | --- |",
    ]
    for key, field in part.model_fields.items():
        shown = field.alias or key
        mark = " **(bắt buộc)**" if field.is_required() else ""
        lines.append(f"| `{shown}`{mark} | {_type(properties[shown])} | {field.title} | {_meaning(name, field)} |")
    return [*lines, ""]


def _top_properties(part: type[FileModel]) -> Any:
    generated = part.model_json_schema(by_alias=True)
    return generated.get("properties") or generated["$defs"][part.__name__]["properties"]


def _type(node: dict[str, Any]) -> str:
    if "anyOf" in node:
        return " hoặc ".join(dict.fromkeys(_type(one) for one in node["anyOf"] if one.get("type") != "null"))
    named = node.get("type", "object")
    types = [named] if isinstance(named, str) else named
    return " hoặc ".join(TYPE_WORDS[one] for one in types if one != "null")


def _meaning(name: str, field: FieldInfo) -> str:
    words = [str(field.description)]
    labels = [each.labels for each in _metadata(field) if isinstance(each, OneOf) and len(each.labels) > 1]
    words += [f"Nhận: {', '.join(f'`{code}` ({label})' for code, label in each.items())}." for each in labels]
    words += [
        f"Gồm các khóa của [{inner.model_config['title']}](#{_anchor(name, inner)})."
        for inner in _inner(field.annotation)
    ]
    if field.examples:
        words.append(f"Ví dụ: {'; '.join(f'`{flow(example)}`' for example in field.examples)}")
    return " ".join(words).replace("|", "\\|")


def _metadata(field: FieldInfo) -> Iterator[Any]:
    """Yield what annotates a field, also inside `… | None`."""
    yield from field.metadata
    for argument in get_args(field.annotation):
        yield from getattr(argument, "__metadata__", ())


def _anchor(name: str, part: type[FileModel]) -> str:
    return f"{name}-{part.__name__.removesuffix('Entry').removesuffix('File').lower()}"


def notation_page() -> str:
    """Return which schedules and targets are understood, and how: the cases of the tests as the program reads them."""
    return "\n".join([*NOTATION_HEAD, *_schedule_lines(), *_target_lines()])


def _cases(name: str) -> list[list[str]]:
    lines = (ROOT / "tests" / "core" / "notation" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line[:1] not in {"", "#"}]


def _schedule_lines() -> Iterator[str]:
    yield from ("## Thời gian thực hiện", "")
    found = [parse_schedule(case[0]) for case in _cases("schedules")]
    for kind in dict.fromkeys(schedule.kind for schedule in found):
        named = [schedule for schedule in found if schedule.kind is kind]
        rows = ((schedule.text, "; ".join(_understood(schedule))) for schedule in named)
        yield from _notation_table(SCHEDULE_KINDS[kind], ("Ghi trong văn bản", "kehoach hiểu là"), rows)
    yield from _refusals("Thời gian bị từ chối", "schedules-refused", parse_schedule)


def _understood(schedule: Schedule) -> Iterator[str]:
    """Yield the steps of a schedule, and what it means beside its kind, which is the heading."""
    yield from (f"{step.text}: đến {format_date(step.deadline)}" for step in schedule.milestones)
    yield from list(schedule_meaning(schedule))[1:]


def _target_lines() -> Iterator[str]:
    yield from ("## Mục tiêu", "")
    keys = ("2026", "2026-Q3", "2026-H1", "2026-9M", "2026-06", "2026-06-30", "2023-2030")
    times = (
        (key, time_text(found.year, found.since, found.period)) for key in keys if (found := parse_target_key(key))
    )
    yield from _notation_table("Khóa của targets", ("Khóa", "Là"), times)
    rows: dict[TargetKind, list[tuple[str, ...]]] = {}
    for phrase, unit, direction, *_ in _cases("targets"):
        parts = parse_target(phrase, unit=unit or None, direction=Direction(direction))
        meaning = "; ".join(part_text(part) for part in parts)
        shape = Target(0, phrase, parts).kind
        rows.setdefault(shape, []).append((phrase, unit, DIRECTIONS[Direction(direction)], meaning))
    for kind, named in rows.items():
        heads = ("Ghi trong văn bản", "Đơn vị tính", "Chiều hướng", "kehoach hiểu là")
        yield from _notation_table(TARGET_KINDS[kind], heads, named)
    parse = partial(parse_target, unit="%", direction=Direction.INCREASE)
    yield from _refusals("Mục tiêu bị từ chối (đơn vị tính %, càng cao càng tốt)", "targets-refused", parse)


def _refusals(title: str, name: str, parse: Callable[[str], object]) -> Iterator[str]:
    rows = []
    for phrase, *_ in _cases(name):
        try:
            parse(phrase)
        except PhraseError as error:
            rows.append((phrase, str(error)))
    yield from _notation_table(title, ("Ghi trong văn bản", "kehoach trả lời"), rows)


def _notation_table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from (f"### {title[:1].upper()}{title[1:]}", "", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}")
    yield from (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    yield ""


def templates_page() -> str:
    """Return what can be written into a Word template: every variable with what it holds."""
    filters = ", ".join(f"`{name}`" for name in sorted(FILTERS))
    lines = [VARIABLES["head"].replace("FILTERS", filters)]
    for title, view in (
        ("Báo cáo", ReportView),
        ("Công văn đôn đốc", LetterView),
        ("Tổng hợp trong kỳ", SummaryView),
        ("Văn bản hợp nhất", ConsolidatedView),
    ):
        names = ", ".join(f"`{one.name}`" for one in TEMPLATES if one.view is view)
        lines += [f"## {title}: {names}", "", "| Biến | Là |", "| --- | --- |", *_variables("", view), ""]
    return "\n".join(lines)


def _variables(owner: str, kind: Any) -> Iterator[str]:
    """Yield one line for each variable of a type, those of a list's rows below it."""
    for name, hint in get_type_hints(kind).items():
        bare = (
            next((one for one in get_args(hint) if one is not NoneType), hint) if NoneType in get_args(hint) else hint
        )
        path = f"{owner}{name}"
        if _is_struct(bare):
            yield from _variables(f"{path}.", bare)
            continue
        item = get_args(bare)[0] if get_origin(bare) is tuple else None
        meaning = VARIABLES["words"].get(path) or VARIABLES["words"][name]
        yield f"| `{path}` | {'danh sách: ' if item else ''}{meaning} |"
        if _is_struct(item):
            yield from _variables(f"{VARIABLES['rows'].get(item.__name__, 'line')}.", item)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def tables_page() -> str:
    """Return the tables of `export` and `query`: every field with its type, and how the tables belong together."""
    lines = [
        "# Sáu bảng của `kehoach export` và `kehoach query`",
        "",
        f"Trang này được sinh từ khai báo của các bảng (phiên bản `{VERSION}`).",
        "Cách dùng: [phân tích số liệu](huong-dan/phan-tich.md).",
        "",
        "- Ngày viết theo ISO (2025-12-31), số thập phân dùng dấu chấm; nguyên văn như văn bản, như báo cáo ở cột bên cạnh.",
        "- CSV: UTF-8 có dấu BOM để Excel đọc đúng tiếng Việt, ngăn bằng dấu phẩy; ô chữ bắt đầu bằng `=`, `+`, `-`, `@` có",
        "  dấu nháy đơn phía trước để bảng tính không coi là công thức (Parquet giữ nguyên). Ô trống là không có giá trị.",
        "- `datapackage.json` đi cùng (Frictionless Data Package 2.0): tên, kiểu, khóa chính, khóa ngoại của từng bảng.",
        "- Parquet (zstd): mỗi tỉnh một tệp, hai bảng `targets`, `results` chia tiếp theo năm. Cùng dữ liệu thì cùng từng byte.",
        "- Trạng thái, đánh giá là của cùng một phép tính với `tasks`, `check`, `summary`.",
        "",
        "| Bảng | Nội dung | Khóa |",
        "| --- | --- | --- |",
        *(
            f"| [{table.name}](#{table.name}) | {table.title}. {table.about} | {_names(table.key)} |"
            for table in TABLES
        ),
        "",
    ]
    for table in TABLES:
        lines += [f"## {table.name}", "", f"{table.about}", ""]
        lines += [f"- {_names(one.fields)} → `{one.table}` ({_names(one.key)})" for one in table.references]
        lines += [*([""] if table.references else []), "| Cột | Kiểu | Nghĩa |", "| --- | --- | --- |"]
        for field in table.fields:
            about = "; ".join(
                part for part in (field.title, field.about, ", ".join(f"`{one}`" for one in field.values)) if part
            )
            lines.append(f"| `{field.name}` | {field.type.value} | {about} |")
        lines.append("")
    return "\n".join(lines)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def pages() -> dict[Path, str]:
    """Return the generated pages by path."""
    texts = [
        RuleText(
            *(rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.bad, rule.good),
            fixable=rule.fixable,
            compares=rule.compares,
        )
        for rule in RULES
    ]
    docs = ROOT / "docs"
    return {
        docs / "rules.md": rules_page(texts),
        docs / "suppressed.md": suppressed_page(),
        docs / "lenh.md": commands_page(),
        docs / "luoc-do.md": schema_page(),
        docs / "bang-du-lieu.md": tables_page(),
        docs / "templates.md": templates_page(),
        docs / "cach-ghi.md": notation_page(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
