"""Regular expressions that are compiled when they are first used: most runs use few of them."""

import re
from collections.abc import Callable, Iterator


class Pattern:
    """`re.compile`, put off until the first search."""

    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]

    def __init__(self, pattern: str, flags: re.RegexFlag | int = 0) -> None:
        """Keep the expression."""
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile it; from then on its methods are those of the compiled one."""
        if name not in Pattern.__annotations__:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in Pattern.__annotations__:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
