"""`kehoach export`: a described set of files, written whole or not at all, and read back by other programs."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kehoach_cli.core.tables.declared import DataField, DataTable, DataType
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.render.machine.data_package import csv_file, description, listed_files
from tests.conftest import REPOSITORY, Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]
NAMES = [table.name for table in TABLES]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """The real plans with the submissions of the example, which is the current folder."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    shutil.copytree(REPOSITORY / "examples" / "progress", tmp_path / "progress")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def table_of(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(Path(path).read_text(encoding="utf-8-sig"))))


def package(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(folder, "datapackage.json").read_text(encoding="utf-8"))
    return found


def contents(folder: str) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


@pytest.mark.usefixtures("folder")
class TestCsv:
    """Six CSV files and their description."""

    @pytest.mark.slow
    def test_every_value_is_what_the_description_says(self, kehoach: Kehoach) -> None:
        assert kehoach("export", "-o", "ra").code == 0
        described = package("ra")
        assert [one["name"] for one in described["resources"]] == NAMES
        assert (described["version"], described["as_of"]) == ("export/1", "2025-12-31")
        rows = {one["name"]: table_of(f"ra/{one['path']}") for one in described["resources"]}
        for resource in described["resources"]:
            data = Path("ra", resource["path"]).read_bytes()
            assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
            assert_follows(resource["schema"], rows[resource["name"]], rows)

    @pytest.mark.slow
    def test_the_same_input_gives_the_same_bytes(self, kehoach: Kehoach) -> None:
        kehoach("export", "-o", "mot")
        kehoach("export", "-o", "hai")
        assert list(contents("mot").values()) == list(contents("hai").values())

    def test_excel_sees_vietnamese_and_no_formula(self) -> None:
        table = DataTable("plans", "T", "T", (DataField("a", "A"), DataField("n", "N", DataType.NUMBER)), ("a",))
        hostile = ["=1+1", "+cmd|'/C calc'!A0", "@SUM(A1)", "-2+3", "\tx", "Sở Y tế", 'có "nháy", phẩy\nxuống dòng']
        data = csv_file(table, ((text, None) for text in hostile))
        assert data.startswith(b"\xef\xbb\xbf")
        read = [row["a"] for row in csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))]
        assert read == [f"'{text}" for text in hostile[:5]] + hostile[5:]

    @pytest.mark.slow
    def test_nothing_is_overwritten_unless_asked(self, kehoach: Kehoach) -> None:
        assert kehoach("export", "-o", "ra").code == 0
        before = contents("ra")
        ran = kehoach("export", "-o", "ra", "--as-of", "2024-01-01")
        assert ran.code == 3
        assert "--force" in ran.err
        assert contents("ra") == before
        assert kehoach("export", "-o", "ra", "--as-of", "2024-01-01", "--force").code == 0
        assert contents("ra") != before

    def test_a_set_that_cannot_be_written_leaves_nothing(self, kehoach: Kehoach) -> None:
        Path("ra/tasks.csv").mkdir(parents=True)
        assert kehoach("export", "-o", "ra", "--force").code == 3
        assert contents("ra") == {}

    def test_one_plan_or_province(self, kehoach: Kehoach) -> None:
        assert kehoach("export", "-o", "ra", "--province", "thai-nguyen").code == 0
        assert {row["province"] for row in table_of("ra/tasks.csv")} == {"thai-nguyen"}
        assert kehoach("export", "-o", "ra2", "--plan", "kh-176").code == 0
        assert {row["plan"] for row in table_of("ra2/assignments.csv")} == {"kh-176"}
        assert kehoach("export", "-o", "ra3", "--plan", "khong-co").code == 2
        assert not Path("ra3").exists()


def assert_follows(
    schema: dict[str, Any], rows: list[dict[str, str]], all_rows: dict[str, list[dict[str, str]]]
) -> None:
    fields = {field["name"]: field for field in schema["fields"]}
    assert all(field["title"] for field in fields.values())
    for row in rows:
        assert list(row) == list(fields)
        for name, text in row.items():
            assert_fits(fields[name], text)
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for one in schema["foreignKeys"]:
        there = {
            tuple(row[name] for name in one["reference"]["fields"]) for row in all_rows[one["reference"]["resource"]]
        }
        assert {key for row in rows if any(key := tuple(row[name] for name in one["fields"]))} <= there


def assert_fits(field: dict[str, Any], text: str) -> None:
    """Table Schema: types as their words, `required`, `enum`."""
    constraints = field.get("constraints", {})
    if not text:
        assert not constraints.get("required"), field
        return
    assert text in constraints.get("enum", [text]), (field, text)
    patterns: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "boolean": lambda word: {"true": True, "false": False}[word],
        "date": lambda word: word == f"{word:10.10}" and len(word.split("-")) == 3,
        "string": str,
    }
    patterns[field["type"]](text)


@pytest.mark.usefixtures("folder")
class TestParquet:
    """Parquet by province and year, for DuckDB, Spark, Trino."""

    @pytest.mark.slow
    def test_files_by_province_and_year_hold_the_rows_of_the_csv(self, kehoach: Kehoach) -> None:
        assert kehoach("export", "-o", "pq", "--format", "parquet").code == 0
        assert kehoach("export", "-o", "csv").code == 0
        assert Path("pq/results/province=thanh-hoa/year=2025/part.parquet").is_file()
        described = {one["name"]: one["path"] for one in package("pq")["resources"]}
        for table in TABLES:
            paths = described[table.name] if isinstance(described[table.name], list) else [described[table.name]]
            read = duckdb.read_parquet([f"pq/{one}" for one in paths])
            found = read.select(*table.names).order(", ".join(table.key)).fetchall()
            rows = table_of(f"csv/{table.name}.csv")
            assert len(found) == len(rows)
            for got, want in zip(found, rows, strict=True):
                assert [shown(value) for value in got] == [text.removeprefix("'") for text in want.values()]

    @pytest.mark.slow
    def test_the_same_input_gives_the_same_bytes(self, kehoach: Kehoach) -> None:
        kehoach("export", "-o", "mot", "-f", "parquet")
        kehoach("export", "-o", "hai", "-f", "parquet")
        assert list(contents("mot").values()) == list(contents("hai").values())

    @pytest.mark.slow
    def test_the_version_stands_in_every_file(self, kehoach: Kehoach) -> None:
        kehoach("export", "-o", "pq", "-f", "parquet")
        found = duckdb.execute("SELECT key, value FROM parquet_kv_metadata('pq/**/*.parquet')").fetchall()
        assert {value for key, value in found if key == b"kehoach"} == {b"export/1"}
        assert {value for key, value in found if key == b"kehoach_table"} == {name.encode() for name in NAMES}

    @pytest.mark.slow
    def test_a_new_set_removes_what_only_the_old_one_had(self, kehoach: Kehoach) -> None:
        kehoach("export", "-o", "pq", "-f", "parquet")
        Path("pq/cua-toi.txt").write_text("giữ", encoding="utf-8")
        assert kehoach("export", "-o", "pq", "-f", "parquet", "--plan", "kh-176", "--force").code == 0
        assert {path.parts[2] for path in Path("pq").glob("tasks/*/*.parquet")} == {"province=thanh-hoa"}
        assert not Path("pq/tasks/province=thai-nguyen").exists()
        assert Path("pq/cua-toi.txt").read_text(encoding="utf-8") == "giữ"
        # No empty folder stays, at any depth.
        assert kehoach("export", "-o", "pq", "--force").code == 0
        assert [path for path in Path("pq").iterdir() if path.is_dir()] == []

    def test_without_duckdb_one_sentence_says_what_to_install(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kehoach_cli.data.loaded.find_spec", lambda _: None)
        for command in (("export", "-o", "pq", "-f", "parquet"), ("query", "SELECT 1")):
            ran = kehoach(*command)
            assert ran.code == 3
            assert 'pip install "kehoach-cli[data]"' in ran.err
        assert not Path("pq").exists()
        assert kehoach("export", "-o", "csv").code == 0


def shown(value: object) -> str:
    """A value of DuckDB as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"version": "export/1"}', '{"version": "khac/1", "resources": [{"path": "plans.csv"}]}',
        '{"version": "export/1", "resources": [{"path": "../plans.csv"}, {"path": "/plans.csv"}, {"path": "a.csv"}]}',
        '{"version": "export/1", "resources": [{"path": ["tasks/../../plans.csv", "c:\\\\plans.csv", "plans.yaml", 3]}]}',
    ],
)  # fmt: skip
def test_only_files_of_our_own_sets_are_ever_removed(text: str) -> None:
    assert listed_files(text) == ()


def test_a_description_lists_what_it_describes() -> None:
    files = {"plans.csv": b"x", "results/province=a/year=1/part.parquet": b"y"}
    text = description(TABLES, files, date(2025, 1, 1), "parquet").decode()
    assert set(listed_files(text)) == set(files)


def test_a_broken_file_is_said_and_the_rest_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach
) -> None:
    write(tmp_path, small())
    (tmp_path / "plans" / "hong.yaml").write_text("kehoach: plan/1\nid: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = kehoach("export", "-o", "ra")
    assert ran.code == 1
    assert "hong.yaml" in ran.err
    assert [row["plan"] for row in table_of("ra/plans.csv")] == ["kh-mau"]
