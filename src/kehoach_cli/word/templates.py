"""The templates of the program, and the check whether a template can be filled in: broken tags, unknown variables."""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, get_type_hints

from msgspec import Struct

from kehoach_cli.core.report.consolidated_document import ConsolidatedData
from kehoach_cli.core.report.model import LetterData, ReportData, ReportKind
from kehoach_cli.core.report.summary_document import SummaryData
from kehoach_cli.errors import CannotRunError
from kehoach_cli.office.active_content import refuse_active_content
from kehoach_cli.office.docx_package import PackageError, content_parts, open_package, parse_part, transitional_docx
from kehoach_cli.templating.values import is_value
from kehoach_cli.word.template_tags import BlockCheck, Tag, TemplateProblem, jinja_source, problem_of, read_tags
from kehoach_cli.word.template_variables import VIEWS, ConsolidatedView, LetterView, ReportView, SummaryView, View


class Template(Struct, frozen=True):
    """A template that comes with the program; `view` holds its variables."""

    name: str
    purpose: str
    view: type[View]

    @property
    def file(self) -> str:
        """Its file name."""
        return f"{self.name}.docx"


TEMPLATES = (
    Template("bao-cao-nam", "Báo cáo năm của cơ quan đầu mối, thể thức cơ quan nhà nước, có phụ lục", ReportView),
    Template("bao-cao-co-quan", "Báo cáo năm của một cơ quan gửi cơ quan đầu mối", ReportView),
    Template("bao-cao-dang", "Báo cáo năm theo thể thức văn bản của Đảng", ReportView),
    Template("cong-van-don-doc", "Công văn đôn đốc cơ quan chưa báo cáo hoặc có nhiệm vụ quá hạn", LetterView),
    Template("cong-van-don-doc-dang", "Công văn đôn đốc theo thể thức văn bản của Đảng", LetterView),
    Template("tong-hop-ky", "Tổng hợp nhiệm vụ đến hạn trong kỳ, trang ngang, kèm văn bản và ngày", SummaryView),
    Template("tong-hop-ky-dang", "Tổng hợp nhiệm vụ đến hạn trong kỳ theo thể thức văn bản của Đảng", SummaryView),
    Template("van-ban-hop-nhat", "Văn bản hợp nhất của kế hoạch được sửa đổi, bổ sung, có chú thích", ConsolidatedView),
    Template("van-ban-hop-nhat-dang", "Văn bản hợp nhất theo thể thức văn bản của Đảng", ConsolidatedView),
)


def template_for(data: ReportData | LetterData | SummaryData | ConsolidatedData) -> str:
    """Return the name of the built-in template a document is printed with."""
    own = data.party and data.kind in {ReportKind.LETTER, ReportKind.SUMMARY, ReportKind.CONSOLIDATED}
    return f"{data.kind}-dang" if own else str(data.kind)


def load_template(folder: Path, name: str) -> bytes:
    """Return a built-in template from the folder of templates.

    Raises:
        CannotRunError: the installation lacks it.
    """
    path = folder / f"{name}.docx"
    try:
        return path.read_bytes()
    except OSError:
        raise CannotRunError(f'bản cài đặt thiếu mẫu "{name}"; hãy cài lại kehoach') from None


def check_template(data: bytes, schema: Mapping[str, Any] | None = None) -> list[TemplateProblem]:
    """Return what is wrong with a template, in the order of its text; `schema` gives the type of each variable.

    Without a schema the template is checked as each kind of document, and the check with the fewest problems counts.

    Raises:
        PackageError: the file is no usable .docx.
    """
    parts = open_package(data)
    refuse_active_content(parts)
    _refuse_mismatched_parts(data)
    tags: list[Tag] = []
    problems: list[TemplateProblem] = []
    for name in content_parts(parts):
        found, broken = read_tags(parse_part(parts, name), name)
        tags += found
        problems += broken
    problems += BlockCheck().check(tags)
    if problems:
        return problems
    schemas = [schema] if schema is not None else [get_type_hints(view) for view in VIEWS]
    return min((_name_problems(tags, one) for one in schemas), key=len)


def _refuse_mismatched_parts(data: bytes) -> None:
    """Open a template as it is opened to be filled in.

    Raises:
        PackageError: a part is missing, or is listed as another kind of part.
    """
    from docx import Document

    try:
        document = Document(BytesIO(transitional_docx(data)))
        _ = document.styles.element, document.core_properties
    except PackageError:
        raise
    except Exception:  # noqa: BLE001 - a file of the user's may break the library in any way
        raise PackageError("các phần trong tệp không khớp nhau; mở bằng Word, lưu lại rồi thử lại") from None


def _name_problems(tags: list[Tag], schema: Mapping[str, Any]) -> list[TemplateProblem]:
    from kehoach_cli.templating.names import check_names  # imports jinja2

    found = check_names([jinja_source(tag.text) for tag in tags], schema)
    problems = [
        problem_of(tags[index], message) if tags else TemplateProblem("", "", message) for index, message in found
    ]
    return list(dict.fromkeys(problems))


def check_named(data: bytes, name: str) -> list[TemplateProblem]:
    """Return what is wrong with a template; one named like a built-in template is checked against the variables of that.

    Raises:
        PackageError: the file is no usable .docx.
    """
    view = next((template.view for template in TEMPLATES if template.name == name), None)
    return check_template(data, get_type_hints(view) if view else None)


def is_letter(data: bytes, name: str) -> bool:
    """Whether a template is one of a letter: named like a built-in one, or with variables that fit letters better than reports.

    Raises:
        PackageError: the file is no usable .docx.
    """
    named = next((template.view for template in TEMPLATES if template.name == name), None)
    if named:
        return named is LetterView
    return len(_problems_of_view(data, LetterView)) < len(_problems_of_view(data, ReportView))


def problems_for(data: bytes, context: Mapping[str, object]) -> tuple[TemplateProblem, ...]:
    """Return what keeps a template from being filled with a context. Dozens of letters share a template, so answers are kept.

    Raises:
        PackageError: the file is no usable .docx.
    """
    names = frozenset(context)
    view = next((one for one in VIEWS if names == set(get_type_hints(one))), None)
    return _problems_of_view(data, view) if view else tuple(check_template(data, _types(context)))


@lru_cache(maxsize=8)
def _problems_of_view(data: bytes, view: type[View]) -> tuple[TemplateProblem, ...]:
    return tuple(check_template(data, get_type_hints(view)))


def _types(context: Mapping[str, object]) -> dict[str, Any]:
    """Return the types of the variables of a context, as far as the values show."""
    return {
        name: type(value) if is_value(value) or isinstance(value, str | int) else Any for name, value in context.items()
    }
