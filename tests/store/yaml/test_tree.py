import importlib.util
import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.store.yaml.tree import MAX_DEPTH, Mapping, Parsed, Sequence, mappings_at, parse, place, texts_at

needs_both_parsers = pytest.mark.skipif(
    importlib.util.find_spec("_ruamel_yaml") is None, reason="the C parser is not installed"
)


def shape(tree: Any) -> Any:
    """Return values and places as plain data that `==` compares in full."""
    if isinstance(tree, Mapping):
        return {key: (tree.marks[key], shape(value)) for key, value in tree.items()}
    if isinstance(tree, Sequence):
        return [(mark, shape(value)) for mark, value in zip(tree.marks, tree, strict=True)]
    return tree


def read(text: str) -> Parsed:
    """Parse with both parsers, which must agree on data, places and problems."""
    fast, pure = parse(text), parse(text, pure=True)
    assert shape(fast.tree) == shape(pure.tree)
    assert fast.problems == pure.problems
    return fast


def codes(parsed: Parsed) -> list[tuple[str, int, int]]:
    return [(problem.code, *problem.mark) for problem in parsed.problems]


class TestData:
    @pytest.mark.parametrize(
        ("text", "data"),
        [
            ("h: 2026-06-31\n", {"h": "2026-06-31"}),
            ("h: 2026-12-15\n", {"h": "2026-12-15"}),
            ("a: 012\nb: 1.10\nc: 12:30\n", {"a": "012", "b": "1.10", "c": "12:30"}),
            ("a: 88.823\nb: 2025\nc: 1e3\n", {"a": "88.823", "b": "2025", "c": "1e3"}),
            ("a: yes\nb: NO\nc: on\nd: Y\n", {"a": "yes", "b": "NO", "c": "on", "d": "Y"}),
            ("a: true\nb: False\nc: 'true'\n", {"a": True, "b": False, "c": "true"}),
            ("a: ~\nb: null\nc:\nd: 'null'\ne: ''\n", {"a": None, "b": None, "c": None, "d": "null", "e": ""}),
            ("a: ≥80\nb: '>50'\nc: 1.5 - 2\nd: <5\n", {"a": "≥80", "b": ">50", "c": "1.5 - 2", "d": "<5"}),
            ("a: >-\n  một\n  hai\nb: |\n  x\n   y\n", {"a": "một hai", "b": "x\n y\n"}),
            ("a: x # ghi chú\nb: x#y\n", {"a": "x", "b": "x#y"}),
            ("2025: '30'\n2030: '10'\n", {"2025": "30", "2030": "10"}),
            ('"<<": 1\n', {"<<": "1"}),
            ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
            ("\ufeffa: 1\n", {"a": "1"}),
            ("---\na: [1, {b: c}, []]\n", {"a": ["1", {"b": "c"}, []]}),
            ("te\u0302n: a\n", {"tên": "a"}),
            ("", None),
            ("# chỉ có ghi chú\n", None),
        ],
    )
    def test_plain_values_stay_what_was_written(self, text: str, data: object) -> None:
        parsed = read(text)
        assert parsed.tree == data
        assert parsed.problems == ()

    def test_an_escaped_control_character_is_left_for_the_schema(self) -> None:
        assert read('a: "x\\0y"\n').tree == {"a": "x\0y"}


class TestPlaces:
    TEXT = "tên: Đắk Lắk\nviệc:\n  - mã: III.1\n    hạn:\n    chủ trì: [Sở Y tế, Đài]\n  -\n  - 😀: {a: Ơ, b: ~}\n"

    @pytest.mark.parametrize(
        ("path", "key", "mark"),
        [
            (("tên",), True, (1, 1)),
            (("tên",), False, (1, 6)),
            (("việc",), True, (2, 1)),
            (("việc",), False, (3, 3)),
            (("việc", 0), False, (3, 5)),
            (("việc", 0, "mã"), False, (3, 9)),
            (("việc", 0, "chủ trì"), True, (5, 5)),
            (("việc", 0, "chủ trì", 0), False, (5, 15)),
            (("việc", 0, "chủ trì", 1), False, (5, 24)),
            (("việc", 2, "😀"), False, (7, 8)),
            (("việc", 2, "😀", "a"), False, (7, 12)),
        ],
    )
    def test_columns_count_characters(self, path: tuple[str | int, ...], key: bool, mark: tuple[int, int]) -> None:  # noqa: FBT001
        assert place(read(self.TEXT).tree, path, key=key) == mark

    @pytest.mark.parametrize(
        ("path", "mark"), [(("việc", 0, "hạn"), (4, 5)), (("việc", 2, "😀", "b"), (7, 15)), (("việc", 1), (6, 4))]
    )
    def test_an_empty_value_is_placed_where_its_key_stands(
        self, path: tuple[str | int, ...], mark: tuple[int, int]
    ) -> None:
        assert place(read(self.TEXT).tree, path) == mark

    def test_the_last_empty_value_too(self) -> None:
        assert place(read("a: 1\nf:\n").tree, ("f",)) == (2, 1)

    @pytest.mark.parametrize(
        ("path", "mark"),
        [
            ((), (1, 1)),
            (("thiếu",), (1, 1)),
            (("việc", 0, "thiếu", "sâu"), (3, 5)),
            (("việc", 9), (3, 3)),
            (("tên", "x"), (1, 6)),
            (("việc", "x"), (3, 3)),
        ],
    )
    def test_what_is_missing_is_placed_at_its_nearest_parent(
        self, path: tuple[str | int, ...], mark: tuple[int, int]
    ) -> None:
        assert place(read(self.TEXT).tree, path) == mark

    def test_only_entries_of_the_right_shape_are_walked(self) -> None:
        tree = read("a: [x, {b: c}, [d], y]\ne: f\n").tree
        assert list(mappings_at(tree, "a")) == [(1, {"b": "c"})]
        assert list(texts_at(tree, "a")) == [(0, "x"), (3, "y")]
        for odd in ("e", "thiếu"):
            assert list(chain(mappings_at(tree, odd), texts_at(tree, odd))) == []
        assert list(mappings_at("chữ", "a")) == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("a: 1\nb: 2\na: 3\n", [("K003", 3, 1)]),
            ("a:\n  x: 1\n  x: 2\n  x: 3\n", [("K003", 3, 3), ("K003", 4, 3)]),
            ("te\u0302n: a\ntên: b\n", [("K003", 2, 1)]),
            ("a: &x 1\n", [("K004", 1, 4)]),
            ("a: 1\nb: *x\n", [("K004", 2, 4)]),
            ("a: {b: 1}\nc:\n  <<: {d: 1}\n", [("K004", 3, 3)]),
            ("a: !!python/object:os.system x\n", [("K004", 1, 4)]),
            ("a: !!binary aGk=\n", [("K004", 1, 4)]),
            ("a: !!str 1\n", [("K004", 1, 4)]),
            ("b: 1\na: !rieng [x]\n", [("K004", 2, 4)]),
            ("!t a: 1\n", [("K004", 1, 1)]),
            ("%YAML 1.1\n---\na: yes\n", [("K004", 1, 1)]),
            ("# ghi chú\n%YAML 1.1\n---\na: yes\n", [("K004", 2, 1)]),
            ("%TAG ! tag:x,2000:\n---\na: 1\n", [("K004", 1, 1)]),
            ("a: 1\n---\nb: 2\n", [("K004", 2, 1)]),
            ("a: 1\n---\nb\n---\nc\n", [("K004", 2, 1), ("K004", 4, 1)]),
            ("[a, b]: 1\n", [("K004", 1, 1)]),
            ("a: 1\n? {b: 1}\n: 2\n", [("K004", 2, 3)]),
        ],
    )
    def test_what_is_beyond_plain_data_is_refused_at_its_place(
        self, text: str, found: list[tuple[str, int, int]]
    ) -> None:
        assert codes(read(text)) == found

    def test_a_repeated_key_keeps_the_first_value_and_names_its_line(self) -> None:
        parsed = read("b: 1\na: {x: 1}\na: {x: 2, y: [3]}\nc: 4\n")
        assert parsed.tree == {"b": "1", "a": {"x": "1"}, "c": "4"}
        assert "dòng 2" in parsed.problems[0].message
        assert parsed.problems[0].hint

    def test_a_directive_does_not_bring_old_booleans_back(self) -> None:
        assert read("%YAML 1.1\n---\na: yes\n").tree == {"a": "yes"}

    def test_references_are_never_expanded(self) -> None:
        bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
        parsed = read(bomb)
        assert parsed.tree["a8"] == ["*a7"] * 9
        assert len(parsed.problems) == 9 + 8 * 9

    def test_reading_goes_on_after_a_reference_in_the_place_of_a_key(self) -> None:
        parsed = read("a: &x k\n*x : 1\nb: 2\nc: 3\n")
        assert codes(parsed) == [("K004", 1, 4), ("K004", 2, 1)]
        assert (parsed.tree["b"], parsed.tree["c"]) == ("2", "3")

    @pytest.mark.parametrize("text", ["[" * 3000, "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "{a: " * 3000])
    def test_absurd_depth_ends_the_reading(self, text: str) -> None:
        parsed = read(text)
        assert parsed.tree is None
        assert [problem.code for problem in parsed.problems] == ["K005"]
        assert parsed.problems[0].mark[0] == 1

    def test_reasonable_depth_does_not(self) -> None:
        parsed = read("[" * MAX_DEPTH + "]" * MAX_DEPTH)
        assert parsed.problems == ()


class TestSyntax:
    @pytest.mark.parametrize(
        ("text", "mark", "word"),
        [
            ("a: 1\nb: >50\n", (2, 6), "nháy kép"),
            ('a: 1\nb: "xyz\nc: 1\n', (2, 4), "nháy"),
            ("a: 1\nb: [1, 2\nc: 1\n", (2, 4), '"["'),
            ("a: {x: 1\nb: 1\n", (1, 4), '"{"'),
            ("a: b: c\n", (1, 5), '":"'),
            ("a: 1\n b: 2\n", (2, 3), '":"'),
            ("a:\n  - 1\n - 2\n", (3, 2), "thụt"),
            ("a: @x\n", (1, 4), "nháy kép"),
            ("a: %x\n", (1, 4), "nháy kép"),
            ("a: `x`\n", (1, 4), "nháy kép"),
            ('a: "x" y\n', (1, 8), "thừa"),
        ],
    )
    def test_a_clerk_is_told_where_and_what(self, text: str, mark: tuple[int, int], word: str) -> None:
        parsed = read(text)
        assert parsed.tree is None
        assert codes(parsed) == [("K002", *mark)]
        assert word in parsed.problems[0].message

    def test_problems_met_before_the_syntax_broke_are_kept(self) -> None:
        parsed = read("a: 1\na: 2\nb: &x 1\nc: [\nd: 1\n")
        assert codes(parsed)[:2] == [("K003", 2, 1), ("K004", 3, 4)]
        assert parsed.problems[-1].code == "K002"
        assert parsed.tree is None

    @pytest.mark.parametrize(
        ("text", "code", "mark"),
        [
            ("a: x\x07y\n", "K501", (1, 5)),
            ("a: x\0y\n", "K501", (1, 5)),
            ("b: 1\n\x1b[31m: 2", "K501", (2, 1)),
            ("a: \ufffe\n", "K501", (1, 4)),
            ("a:\n\tb: 1\n", "K002", (2, 1)),
            ("a: 1\n...\n", "K004", (2, 1)),
        ],
    )
    def test_what_no_data_file_needs_is_named_and_reading_goes_on(
        self, text: str, code: str, mark: tuple[int, int]
    ) -> None:
        parsed = read(text)
        assert codes(parsed)[0] == (code, *mark)
        assert parsed.tree is not None


@needs_both_parsers
class TestTwoParsers:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(": 1\n", id="a value without its key"),
            pytest.param("a: 1\n: 2\nb: 3\n", id="a value without its key in between"),
            pytest.param("a: 1\t# ghi chú\n", id="a tab before a comment"),
            pytest.param("a:\t1\n", id="a tab after a colon"),
            pytest.param("%FOO bar\n---\na: 1\n", id="an unknown directive"),
            pytest.param("a: 1\n...\nb: 2\n", id="more after the end of the document"),
            pytest.param("a: [1, 2", id="a bracket open at the end of the file"),
            pytest.param("a: [", id="a bracket opened at the end of the file"),
            pytest.param("a: x\u2028y\nb: 1\n", id="a line separator of other programs"),
        ],
    )
    def test_agree_on_odd_files(self, text: str) -> None:
        assert read(text) is not None

    @pytest.mark.parametrize("name", ["qd-3825.yaml", "agencies/thanh-hoa.yaml", "kh-kl-81.yaml"])
    def test_agree_on_the_real_files(self, workspace: Workspace, name: str) -> None:
        path: Path = workspace.root.folder / "plans" / name
        parsed = read(path.read_text(encoding="utf-8"))
        assert parsed.problems == ()
        assert parsed.tree["kehoach"].startswith(("plan/", "registry/"))


characters = st.sampled_from("aăâbđéộ ỳZ09.,;:'\"#{}[]>|-%@`&*!?\\≥“…\u00a0😀")
scalars = st.text(characters, max_size=12)
# Keys are folded as they are read; two that fold to one would be a duplicate.
keys = st.text(st.sampled_from("aăbđộ 0-.:#\"'"), max_size=8).map(lambda text: " ".join(f"k{text}k".split()))
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=15,
)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def written(tree: Any, indent: int = 0) -> list[str]:
    """Return the lines of `tree` in block style, every text in double quotes."""
    pad = " " * indent
    if isinstance(tree, str):
        return [pad + quoted(tree)]
    if not tree:
        return [pad + ("{}" if isinstance(tree, dict) else "[]")]
    entries = [(f"{quoted(key)}:", value) for key, value in tree.items()] if isinstance(tree, dict) else []
    entries = entries or [("-", value) for value in tree]
    lines: list[str] = []
    for head, value in entries:
        below = written(value, indent + 2)
        if isinstance(value, str) or not value:
            lines.append(f"{pad}{head} {below[0].strip(' ')}")
        else:
            lines += [pad + head, *below]
    return lines


def leaves(tree: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        return [(path, tree)]
    items = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree))
    return [leaf for key, value in items for leaf in leaves(value, (*path, key))]


class TestProperties:
    @given(st.dictionaries(keys, trees, max_size=4))
    @pytest.mark.slow
    def test_every_text_comes_back_from_its_place(self, tree: dict[str, Any]) -> None:
        lines = written(tree)
        parsed = read("\n".join(lines) + "\n")
        assert parsed.problems == ()
        found = [(path, text) for path, text in leaves(parsed.tree)]
        assert [text for _, text in found] == [text for _, text in leaves(tree)]
        for path, text in found:
            line, column = place(parsed.tree, path)
            assert lines[line - 1][column - 1 :] == quoted(text)

    @given(st.text() | st.text(st.sampled_from("ab:-[]{},\"'#&*!|>%?\n \t"), max_size=20))
    def test_any_text_is_read_or_refused_with_a_place(self, text: str) -> None:
        parsed = parse(text)
        for problem in parsed.problems:
            assert problem.code in {"K002", "K003", "K004", "K005", "K501"}
            assert problem.message
            assert min(problem.mark) >= 1
