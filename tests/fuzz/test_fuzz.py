"""A fixed budget of hostile inputs: the program always keeps its contract."""

import sys

import pytest

from tests.fuzz.contract import wrong
from tests.fuzz.inputs import KINDS, Case, cases
from tests.fuzz.runner import in_process, whole_process

pytestmark = pytest.mark.slow

_BUDGET = {
    "yaml": 120,
    "toml": 40,
    "excel": 60,
    "docx": 30,
    "arguments": 100,
    "collected": 40,
    "imported": 30,
    "compared": 25,
    "asked": 5,
}
_BATCHES = 5


@pytest.mark.parametrize("batch", range(_BATCHES))
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_inputs_end_in_order(kind: str, batch: int) -> None:
    count = _BUDGET[kind] // _BATCHES
    broken = [
        f"{case}: {'; '.join(faults)}"
        for case in cases(kind, count, batch * count)
        if (faults := wrong(case, in_process(case)))
    ]
    assert broken == []


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_inputs_end_in_order_as_whole_processes(kind: str) -> None:
    broken = [
        f"{case} --whole: {'; '.join(faults)}"
        for case in cases(kind, 2, 500)
        if (faults := wrong(case, whole_process(case)))
    ]
    assert broken == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the memory of a process that ended")
def test_the_memory_of_a_process_is_its_own_also_where_its_starter_holds_more() -> None:
    held = bytearray(b"x") * 2**29

    ran = whole_process(Case("arguments", 0, {}, ("--version",)))

    assert len(held) == 2**29
    assert 5 * 2**20 < ran.memory < 200 * 2**20
