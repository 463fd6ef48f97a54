"""Charts are native, editable, described in words and equal in every run; without the extra there are words only."""

import builtins
import io
import re
from typing import Any

import openpyxl
import pytest
from lxml import etree
from msgspec.structs import replace

from kehoach_cli.core.report.model import IndicatorLine
from kehoach_cli.word.charts import Chart
from kehoach_cli.word.context import report_charts, report_view
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from tests.word import samples
from tests.word.packages import W, document, names, part, template, texts

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def test_charts_carry_their_figures_in_a_workbook_people_can_edit() -> None:
    import zipfile

    data = document("bao-cao-nam")
    assert [name for name in names(data) if "charts/chart" in name] == [
        "word/charts/chart1.xml",
        "word/charts/chart2.xml",
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/chart1.xlsx"))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [None, "Mục tiêu", "Kết quả"],
        ["1. Tỷ lệ che phủ rừng", 54.2, 54.3],
        ["2. Tỷ lệ dân số đô thị dùng nước sạch", 95, 90],
    ]
    chart = etree.fromstring(part(data, "word/charts/chart1.xml").encode())
    assert [value.text for value in chart.iter(f"{CHART}v")].count("54.3") == 1
    assert chart[-1].tag == f"{CHART}externalData"
    assert [lowest.get("val") for lowest in chart.iter(f"{CHART}min")] == ["0"]


def test_charts_say_in_words_what_they_show() -> None:
    described = re.findall(r'descr="([^"]*)"', part(document("bao-cao-nam")))
    assert len(described) == 2
    assert "Tỷ lệ che phủ rừng: 54,3 (mục tiêu 54,2)" in described[0]
    assert "Sở Xây dựng: chưa hoàn thành, trong hạn 8, chưa báo cáo 4" in described[1]


def test_without_the_extra_the_words_stand_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pptx"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    data = samples.report(12)
    result = render(template("bao-cao-nam"), variables(report_view(data)), data.expected, report_charts(data))
    assert not [name for name in names(result) if "chart" in name]
    found = texts(result)
    assert any(text.startswith("Kết quả so với mục tiêu (%): Tỷ lệ che phủ rừng: 54,3") for text in found)
    assert not [text for text in found if "\ue002" in text]


def labels(data: bytes, chart: int) -> list[str]:
    """Return the figures written beside the bars."""
    root = etree.fromstring(part(data, f"word/charts/chart{chart}.xml").encode())
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    return [text.text or "" for label in root.iter(f"{CHART}dLbl") for text in label.iter(f"{drawing}t")]


def test_figures_beside_bars_have_a_comma_on_every_machine() -> None:
    assert labels(document("bao-cao-nam"), 1) == ["54,2", "95", "54,3", "90"]


def test_a_figure_that_missed_its_target_does_not_look_like_it() -> None:
    data = samples.report(2)
    first, second, *rest = data.indicators.groups[0].lines
    lines = (replace(first, value=79.998, goal=80.0), replace(second, value=45200.456, goal=45000.0), *rest)
    group = replace(data.indicators.groups[0], lines=lines)
    data = replace(data, indicators=replace(data.indicators, groups=(group,)))
    made = render(template("bao-cao-nam"), variables(report_view(data)), data.expected, report_charts(data))
    assert labels(made, 1) == ["80", "45.000", "79,9980", "45.200,46"]


def test_counts_have_a_scale_of_whole_numbers_and_pairs_have_none() -> None:
    pairs, counts = (
        etree.fromstring(part(document("bao-cao-nam"), f"word/charts/chart{n}.xml").encode()) for n in (1, 2)
    )
    assert [axis.find(f"{CHART}delete").get("val") for axis in pairs.iter(f"{CHART}valAx")] == ["1"]
    (axis,) = counts.iter(f"{CHART}valAx")
    assert axis.find(f"{CHART}numFmt").get("formatCode") == "0"
    assert float(axis.find(f"{CHART}majorUnit").get("val")) % 1 == 0


def test_every_bar_has_its_name_and_pairs_stand_close() -> None:
    pairs, counts = (
        etree.fromstring(part(document("bao-cao-nam"), f"word/charts/chart{n}.xml").encode()) for n in (1, 2)
    )
    for chart in (pairs, counts):
        assert [skip.get("val") for skip in chart.iter(f"{CHART}tickLblSkip")] == ["1"]
    assert [gap.get("val") for gap in pairs.iter(f"{CHART}gapWidth")] == ["30"]


def test_a_single_bar_is_no_chart_and_a_doubtful_figure_no_bar() -> None:
    data = samples.report(2)
    first, second, third = data.indicators.groups[0].lines

    def charts(*lines: IndicatorLine) -> dict[str, Chart]:
        group = replace(data.indicators.groups[0], lines=lines)
        return report_charts(
            replace(
                data,
                indicators=replace(data.indicators, groups=(group,)),
                tasks=replace(data.tasks, by_agency=data.tasks.by_agency[:1]),
            )
        )

    assert charts(first, third) == {}
    assert charts(first, replace(second, doubtful=True)) == {}
    assert list(charts(first, second)) == ["indicators"]


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    data = samples.report(2)
    bare = replace(data.tasks, by_agency=())
    lines = tuple(replace(line, value=None) for line in data.indicators.lines)
    group = replace(data.indicators.groups[0], lines=lines)
    data = replace(data, tasks=bare, indicators=replace(data.indicators, groups=(group,)))
    assert report_charts(data) == {}
    result = render(template("bao-cao-nam"), variables(report_view(data)), data.expected, report_charts(data))
    assert not list(etree.fromstring(part(result).encode()).iter(f"{W}drawing"))


def test_indicators_of_different_units_are_not_put_side_by_side() -> None:
    data = samples.report(2)
    first, *rest = data.indicators.groups[0].lines
    group = replace(
        data.indicators.groups[0],
        lines=(replace(first, unit="ha", value=88823.44, goal=88823.44), *rest, replace(rest[0], number=4)),
    )
    charts = report_charts(replace(data, indicators=replace(data.indicators, groups=(group,))))
    assert charts["indicators"].categories == (
        "2. Tỷ lệ dân số đô thị dùng nước sạch",
        "4. Tỷ lệ dân số đô thị dùng nước sạch",
    )


def test_many_agencies_are_cut_to_those_with_the_most_tasks_and_it_is_said() -> None:
    data = samples.report(2)
    row = data.tasks.by_agency[0]
    rows = tuple(replace(row, number=n, name=f"Sở {n}", counts=samples.counts(n)) for n in range(1, 31))
    chart = report_charts(replace(data, tasks=replace(data.tasks, by_agency=rows)))["agencies"]
    assert chart.categories[:2] == ("Sở 30", "Sở 29")
    assert len(chart.categories) == 12
    assert "(các cơ quan có từ 19 nhiệm vụ trở lên)" in chart.title


def test_of_agencies_with_as_many_tasks_all_or_none_are_drawn() -> None:
    data = samples.report(2)
    row = data.tasks.by_agency[0]
    rows = tuple(replace(row, number=n, name=f"Sở {n}", counts=samples.counts(9 if n < 4 else 2)) for n in range(1, 31))
    chart = report_charts(replace(data, tasks=replace(data.tasks, by_agency=rows)))["agencies"]
    assert chart.categories == ("Sở 1", "Sở 2", "Sở 3")
    assert "(các cơ quan có từ 9 nhiệm vụ trở lên)" in chart.title
