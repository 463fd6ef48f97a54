"""Templates: which there are, and whether one can be rendered: broken tags and unknown variables with their paragraph."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from kehoach_cli.core.report.model import LetterData, ReportData, ReportKind
from kehoach_cli.errors import CannotRunError
from kehoach_cli.office.active_content import refuse_active_content
from kehoach_cli.office.docx_package import content_parts, open_package, parse_part
from kehoach_cli.word.names import check_names
from kehoach_cli.word.tags import Blocks, Problem, Tag, read_tags
from kehoach_cli.word.view import LetterView, ReportView


@dataclass(frozen=True, slots=True)
class Template:
    """A template that comes with the program; `view` is what it can show."""

    name: str
    purpose: str
    view: type[ReportView] | type[LetterView]

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
)


def template_for(data: ReportData | LetterData) -> str:
    """Return the name of the built-in template a report or letter is printed with."""
    return f"{data.kind}-dang" if data.party and data.kind is ReportKind.LETTER else str(data.kind)


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


def check_template(data: bytes, schema: Mapping[str, Any] | None = None) -> list[Problem]:
    """Return what is wrong with a template, in the order of its text; `schema` gives the type of each variable.

    Without one the template is held against the variables of a report and of a letter, and the kinder answer counts.

    Raises:
        PackageError: the file is no usable .docx.
    """
    parts = open_package(data)
    refuse_active_content(parts)
    tags: list[Tag] = []
    problems: list[Problem] = []
    for name in content_parts(parts):
        found, broken = read_tags(parse_part(parts, name), name)
        tags += found
        problems += broken
    problems += Blocks().check(tags)
    if problems:
        return problems
    schemas = [schema] if schema is not None else [get_type_hints(view) for view in (ReportView, LetterView)]
    return min((list(check_names(tags, one)) for one in schemas), key=len)


def check_named(data: bytes, name: str) -> list[Problem]:
    """Return what is wrong with a template; one named like a built-in template is held against that one's variables.

    Raises:
        PackageError: the file is no usable .docx.
    """
    view = next((template.view for template in TEMPLATES if template.name == name), None)
    return check_template(data, get_type_hints(view) if view else None)


def problems_for(data: bytes, context: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return what keeps a template from being filled with a context; dozens of letters share one template and one answer.

    Raises:
        PackageError: the file is no usable .docx.
    """
    names = frozenset(context)
    view = next((one for one in (ReportView, LetterView) if names == set(get_type_hints(one))), None)
    return _problems_of_view(data, view) if view else tuple(check_template(data, _types(context)))


@lru_cache(maxsize=8)
def _problems_of_view(data: bytes, view: type[ReportView] | type[LetterView]) -> tuple[Problem, ...]:
    return tuple(check_template(data, get_type_hints(view)))


def _types(context: Mapping[str, object]) -> dict[str, Any]:
    """Return the types of a context's variables, as far as the values tell."""
    return {
        name: type(value) if is_dataclass(value) or isinstance(value, str | int) else Any
        for name, value in context.items()
    }
