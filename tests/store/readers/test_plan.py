"""What a new key of a plan has to be told: the schema, the value, and nobody between them."""

from pydantic import Field

from kehoach_cli.core.model.plan import Task
from kehoach_cli.store.readers.plan import as_printed
from kehoach_cli.store.schema.base import Text
from kehoach_cli.store.schema.plan import TaskEntry


class EntryWithSite(TaskEntry):
    """The schema of a task with one more key."""

    site: Text | None = Field(default=None, title="Nơi thực hiện")


class TaskWithSite(Task, frozen=True):
    """A task with one more field."""

    site: str | None = None


def test_a_new_text_key_reaches_the_value_by_its_name() -> None:
    entry = EntryWithSite(id="I.1", kind="task", text="Xây trạm", site="Xã Xuân Hòa")
    assert as_printed(entry, TaskWithSite)["site"] == "Xã Xuân Hòa"
    assert "site" not in as_printed(entry, Task)


def test_a_key_that_must_be_understood_is_not_passed_on() -> None:
    entry = TaskEntry(id="I.1", kind="task", text="Xây trạm", schedule="Năm 2025", lead=["so-y-te"], outputs=["Trạm"])
    assert set(as_printed(entry, Task)) == {"id", "kind", "text", "section", "note", "errata"}
