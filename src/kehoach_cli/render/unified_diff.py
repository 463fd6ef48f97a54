"""What a fix changes in a file, as a unified diff."""

from difflib import unified_diff

from kehoach_cli.viet.text import without_controls


def diff_text(file: str, before: str, after: str, *, clean: bool) -> str:
    """Return the diff; `clean` takes out the characters a terminal would act on."""
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{file}", f"b/{file}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ không có dấu xuống dòng ở cuối tệp\n"
        for line in (f"{without_controls(line.rstrip())}\n" if clean else line for line in lines)
    )
