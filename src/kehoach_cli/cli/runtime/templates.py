"""Which template is meant by a name or a path, and whether it is one of a letter."""

from pathlib import Path

from msgspec import Struct

from kehoach_cli.errors import UsageError, reason
from kehoach_cli.office.docx_package import PackageError
from kehoach_cli.store.files.reading import whole_document
from kehoach_cli.store.workspace.paths import Root, folder_of_template
from kehoach_cli.word.templates import TEMPLATES, is_letter


class ChosenTemplate(Struct, frozen=True):
    """The bytes of a template, and whether it is one of a letter."""

    content: bytes
    letter: bool


def known_templates(root: Root) -> dict[str, Path]:
    """Return the templates by name: the built-in ones, replaced by those of the workspace, and its others."""
    known = {one.name: folder_of_template(root, one.name) / one.file for one in TEMPLATES}
    own = sorted((root.folder / "templates").glob("*.docx"))
    return known | {path.stem: path for path in own if not path.name.startswith("~$")}


def chosen_template(root: Root, name: str) -> ChosenTemplate:
    """Return the template of this name, or the file.

    Raises:
        UsageError: it cannot be read.
    """
    known = known_templates(root)
    path = known.get(name) or root.given(Path(name))
    try:
        content = whole_document(path)
        return ChosenTemplate(content, is_letter(content, path.stem))
    except PackageError:
        # Rendering says what is wrong with it.
        return ChosenTemplate(content, letter=False)
    except (OSError, ValueError) as error:
        raise UsageError(f'không đọc được mẫu "{name}": {reason(error)}; các mẫu có: {", ".join(known)}') from None
