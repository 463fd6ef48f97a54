"""`kehoach lint`: check edited files, for people and in CI."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, deliver, exit_code, in_color, say, say_all
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.render.lint_result import LintFormat, ToolOutput, findings_for_tools, findings_json, findings_text

if TYPE_CHECKING:
    from kehoach_cli.cli.runtime.linting import Edit, LintResult
    from kehoach_cli.render.machine.lint_formats import RuleInfo


def parse_jobs(text: str) -> int:
    """Return a number of processes."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 3 and int(text)):  # noqa: PLR2004 - at most 999
        raise UsageError(f'--jobs "{text}" không hợp lệ; viết số tiến trình, ví dụ 2')
    return int(text)


def lint(
    context: Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[TỆP]...", readable=False, help="Tệp hoặc thư mục cần kiểm tra (mặc định: mọi tệp)."),
    ] = None,
    format_: Annotated[
        LintFormat | None,
        options.format_option(LintFormat, "Dạng kết quả (mặc định: text; trong GitHub Actions: github)."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="MÃ", help="Chỉ các quy tắc này, ví dụ K2,K301 (nối bằng dấu phẩy)."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="MÃ", help="Bỏ các quy tắc này.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Cảnh báo cũng làm lệnh thất bại.")] = False,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since",
            metavar="BẢN",
            help="Chỉ tệp đã đổi so với bản git này, và tệp phụ thuộc chúng; liệt kê từng thay đổi về nội dung.",
        ),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Sửa những gì sửa được an toàn rồi kiểm tra lại.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Chỉ cho xem --fix sẽ sửa gì, không ghi tệp.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="MÃ", help="Giải thích một quy tắc, ví dụ K301.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            parser=parse_jobs,
            metavar="SỐ",
            help="Số tiến trình cùng kiểm tra (mặc định: bằng số nhân của máy).",
        ),
    ] = None,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Kiểm tra tệp kế hoạch, danh bạ và báo cáo: chỉ đúng dòng, nói lý do và cách sửa.

    Ví dụ: kehoach lint plans/kh-176.yaml
    """
    target = Destination(options.Format.MD, output, force)
    if explain is not None:
        deliver(_explained(explain), target)
        return ExitCode.OK
    from kehoach_cli.cli.runtime.linting import LintRequest, LintRun, rule_codes

    asked = LintRequest(tuple(paths or ()), rule_codes(select), rule_codes(ignore), changed_since, jobs)
    run = LintRun(context.program, asked)
    checked = run.check()
    if (fix or diff) and (edits := list(run.edits(checked))):
        if diff:
            deliver(_diff(edits, clean=output is None and sys.stdout.isatty()), target)
        else:
            run.write(edits)
            checked = run.check()
    if diff:
        say_all(run.unfixable(checked))
        say(_total(checked))
    else:
        form = _format(format_)
        if form in {LintFormat.TEXT, LintFormat.JSON}:
            text = _for_people(checked, form, color=in_color(context.program, output))
        else:
            text = _for_tools(checked, form, run.top, strict=strict)
        deliver(text, target)
    return exit_code(checked.findings, strict=strict)


def _format(asked: LintFormat | None) -> LintFormat:
    return asked or (LintFormat.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else LintFormat.TEXT)


def _for_tools(checked: "LintResult", form: LintFormat, top: Path, *, strict: bool) -> str:
    return findings_for_tools(checked.findings, checked.files, ToolOutput(form, _rules(), top, strict))


def _for_people(checked: "LintResult", form: LintFormat, *, color: bool) -> str:
    if form is LintFormat.JSON:
        return findings_json("lint", [], checked.findings, len(checked.files))
    return findings_text(checked.findings, len(checked.files), _rules(), color=color)


def _rules() -> "list[RuleInfo]":
    from kehoach_cli.render.machine.lint_formats import RuleInfo
    from kehoach_cli.rules import RULES

    return [RuleInfo(rule.code, rule.slug, rule.title, rule.why, rule.severity) for rule in RULES]


def _total(checked: "LintResult") -> str:
    from kehoach_cli.render.lint_text import total_line

    return total_line(checked.findings, len(checked.files))


def _diff(edits: "Iterable[Edit]", *, clean: bool) -> str:
    from kehoach_cli.render.unified_diff import diff_text

    return "".join(diff_text(edit.file, edit.before, edit.after, clean=clean) for edit in edits)


def _explained(code: str) -> str:
    from difflib import get_close_matches

    from kehoach_cli.render.rules import RuleText, explain
    from kehoach_cli.rules import BY_CODE

    by_name = {**BY_CODE, **{rule.slug: rule for rule in BY_CODE.values()}}
    rule = by_name.get(code.upper()) or by_name.get(code.lower())
    if rule is None:
        near = get_close_matches(code.upper(), by_name, n=1, cutoff=0.5)
        raise UsageError(f'không có quy tắc "{code}"' + (f"; ý bạn là {near[0]}?" if near else ""))
    shown = (rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.bad, rule.good)
    return explain(RuleText(*shown, fixable=rule.fixable, compares=rule.compares))
