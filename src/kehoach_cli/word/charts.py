"""Charts."""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

@dataclass(frozen=True, slots=True)
class Chart:
    """x"""
    title: str

def draw(document: Any, charts: Mapping[str, Chart]) -> None:
    """x"""
