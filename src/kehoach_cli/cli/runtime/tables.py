"""What `export` and `query` share: the plans asked for as the source of the six tables, and a set of table files."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kehoach_cli.cli.runtime import clock
from kehoach_cli.cli.runtime.session import check_plans, check_province
from kehoach_cli.core.tables.rows import TableSource
from kehoach_cli.render.machine.data_package import DESCRIPTION, listed_files
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.files.writing import write_together

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.load import Workspace


def table_source(
    workspace: "Workspace", plans: list[str] | None, province: str | None, as_of: date | None
) -> TableSource:
    """Return the plans asked for, with states and results of the day (today by default)."""
    catalogue = workspace.catalogue
    wanted, named = check_plans(workspace, plans), check_province(workspace, province)
    provinces = catalogue.directory.lineage(named) if named else frozenset()
    found = tuple(
        plan
        for plan in catalogue.plans
        if (not wanted or plan.id in wanted) and (not provinces or plan.province in provinces)
    )
    return TableSource(catalogue, found, as_of or clock.today())


def write_tables(folder: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Write a set of table files whole or not at all; what an earlier set had more is removed with it.

    Not `write_folder`, which puts a new folder in the place of the old one: people keep workbooks and queries beside their
    tables, and these stay. A site has so many files that each cannot be written safely on its own, and nobody works in it.

    Raises:
        CannotRunError: files exist and may not be overwritten, or something cannot be written.
    """
    before = held_bytes(folder / DESCRIPTION) or b""
    stale = [folder / path for path in listed_files(before.decode("utf-8", "replace")) if path not in files]
    gone = {path: None for path in stale if path.is_file()}
    write_together({**{folder / path: data for path, data in files.items()}, **gone}, overwrite=overwrite)
    # Folders that are empty now, the inner ones first.
    for above in sorted({one for path in gone for one in path.parents if one.is_relative_to(folder)}, reverse=True):
        if above != folder:
            with suppress(OSError):
                above.rmdir()
