"""The four documents in three shapes, imported and compared with the plans that people made of them."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.imports.corpus import KINDS, Shape, read
from tests.imports.drafts import Compared, compared, draft_of_text
from tests.imports.sources import PLANS

# In doubt are three duties in running text whose bodies only a reader can tell.
SHARES = {
    "tasks.id": 1.0,
    "tasks.text": 1.0,
    "tasks.lead": 0.98,
    "tasks.support": 0.98,
    "tasks.schedule": 1.0,
    "tasks.outputs": 1.0,
    "indicators.id": 1.0,
    "indicators.name": 1.0,
    "indicators.unit": 1.0,
    "indicators.lead": 1.0,
    "indicators.targets": 1.0,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", list(Shape))
def test_the_documents_give_the_plans(kind: str, shape: Shape, document: Callable[[str, str, Shape], Path]) -> None:
    if kind == "pdf" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: it prints the documents")
    paths = {plan: document(plan, kind, shape) for plan in PLANS}
    results = {plan: compared(draft_of_text(read(path), path.stem), plan) for plan, path in paths.items()}
    total = _total(results.values())
    assert {plan: one.invented for plan, one in results.items()} == {plan: [] for plan in PLANS}
    assert {key: total.share(key) for key in SHARES if total.share(key) < SHARES[key]} == {}
    assert total.silent == []
    assert total.doubted <= 0.05 * sum(total.right.values())


def _total(results: Iterable[Compared]) -> Compared:
    total = Compared()
    for one in results:
        for key, count in one.all.items():
            total.all[key] = total.all.get(key, 0) + count
            total.right[key] = total.right.get(key, 0) + one.right[key]
        total.silent += one.silent
        total.doubted += one.doubted
    return total
