"""What a template may say: values, conditions, loops and a few filters, in tags of bounded length and depth."""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from jinja2 import Environment, nodes

# Filters that select, count and join. Left out are those that pad or format to a width, which take unbounded memory, and
# those that mark text as safe XML.
FILTERS = frozenset(
    {"abs", "capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower", "map"}
    | {"reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "sum", "trim", "unique", "upper"}
)
TESTS = frozenset(
    {
        "defined",
        "divisibleby",
        "eq",
        "equalto",
        "even",
        "false",
        "ge",
        "greaterthan",
        "gt",
        "in",
        "le",
        "lessthan",
        "lt",
    }
    | {"ne", "none", "number", "odd", "string", "true", "undefined", "==", "!=", "<", "<=", ">", ">="}
)
_STATEMENTS = frozenset({"Template", "Output", "For", "If", "Assign"})
_VALUES = frozenset({"Name", "Const", "TemplateData", "Getattr", "Getitem", "Filter", "Keyword", "List", "Tuple"})
_CONDITIONS = frozenset({"Test", "Compare", "Operand", "And", "Or", "Not", "CondExpr"})
_SUMS = frozenset({"Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Neg", "Pos", "Concat"})
_ALLOWED = _STATEMENTS | _VALUES | _CONDITIONS | _SUMS
_REFUSALS = {
    "Call": "mẫu không được gọi hàm",
    "Pow": "mẫu không được tính lũy thừa",
    "Slice": "mẫu không cắt được danh sách hay chuỗi chữ",
    "Dict": "mẫu không dùng được bảng { }",
}
ONLY_LISTS = "chỉ lặp được qua một danh sách"
_ONLY = "mẫu chỉ dùng được for, if, set và các biến"

# The longest tag of our own templates has 10 words, and none has more than 300 tags. The parser calls itself for each bracket
# and each nested statement.
_MOST_WORDS = 100
_MOST_TAGS = 5_000
_MOST_BRACKETS = 10
_MOST_DIGITS = 15
_DEEPEST = 20
_DEEPEST_LOOP = 4

Fault = tuple[int, str]


def tag_faults(environment: Environment, source: str) -> Iterator[Fault]:
    """Yield (line, message) for each tag that is too long or too deep to be parsed.

    Raises:
        TemplateSyntaxError: the source has no tags that can be told apart.
    """
    # For each statement that is open: how many `elif` it has.
    opened: list[int] = []
    for number, (line, words) in enumerate(_tags(environment, source), 1):
        message = _tag_fault(words) or _nesting_fault(words[0][1] if words else "", opened)
        if number > _MOST_TAGS:
            message = f"mẫu có quá {_MOST_TAGS} thẻ"
        if message:
            yield line, message
        if number > _MOST_TAGS or len(opened) > _DEEPEST:
            return


def _nesting_fault(word: str, opened: list[int]) -> str:
    """Take the first word of a tag; return what is wrong with its place among the open statements."""
    if word in {"for", "if"}:
        opened.append(0)
    elif word in {"endfor", "endif"} and opened:
        opened.pop()
    elif word == "elif" and opened:
        opened[-1] += 1
    if len(opened) > _DEEPEST:
        return f"các thẻ for, if lồng nhau quá {_DEEPEST} tầng"
    return f"thẻ if có quá {_DEEPEST} thẻ elif" if word == "elif" and opened and opened[-1] > _DEEPEST else ""


def _tags(environment: Environment, source: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield the line of each tag and its words, each with its kind; a value begins with an empty word."""
    words: list[tuple[str, str]] = []
    begun = 0
    for line, kind, word in environment.lex(source):
        if kind in {"block_begin", "variable_begin"}:
            words, begun = [] if kind == "block_begin" else [("", "")], 0
        elif kind in {"block_end", "variable_end"}:
            yield begun or line, words
        elif kind != "whitespace":
            begun = begun or line
            words.append((kind, word))


def _tag_fault(words: Sequence[tuple[str, str]]) -> str:
    if len(words) > _MOST_WORDS:
        return f"thẻ dài quá {_MOST_WORDS} từ; chia thành nhiều thẻ ngắn"
    steps = (1 if word in {"(", "[", "{"} else -1 for kind, word in words if kind == "operator" and word in "()[]{}")
    if max(accumulate(steps), default=0) > _MOST_BRACKETS:
        return f"ngoặc lồng nhau quá {_MOST_BRACKETS} tầng"
    if any(kind in {"integer", "float"} and len(word) > _MOST_DIGITS for kind, word in words):
        return f"số dài quá {_MOST_DIGITS} chữ số"
    return ""


def refused(tree: nodes.Template) -> list[Fault]:
    """Return (line, message) for each construct of a parsed template that templates do without."""
    faults: list[Fault] = []
    # In the order of the text: the variables that the template has set so far.
    assigned: set[str] = set()

    def visit(node: nodes.Node, loops: int) -> None:
        loops += isinstance(node, nodes.For)
        if message := _refusal(node, loops, assigned):
            faults.append((node.lineno, message))
            return
        for child in node.iter_child_nodes():
            visit(child, loops)
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            assigned.add(node.target.name)

    visit(tree, 0)
    return faults


def _refusal(node: nodes.Node, loops: int, assigned: Collection[str]) -> str:
    kind = type(node).__name__
    if kind not in _ALLOWED:
        return _REFUSALS.get(kind, _ONLY)
    if isinstance(node, nodes.Filter):
        return _filter_refusal(node)
    if isinstance(node, nodes.Test):
        return "" if node.name in TESTS else f'phép thử "{node.name}" không dùng được trong mẫu'
    if isinstance(node, nodes.For):
        return _loop_refusal(node, loops)
    return _set_refusal(node, assigned) if isinstance(node, nodes.Assign) else ""


def _filter_refusal(node: nodes.Filter) -> str:
    if node.name not in FILTERS:
        return f'bộ lọc "{node.name}" không dùng được trong mẫu'
    # A start other than 0 would join lists.
    if node.name == "sum" and (len(node.args) > 1 or any(argument.key != "attribute" for argument in node.kwargs)):
        return 'bộ lọc "sum" chỉ cộng số'
    return ""


def _loop_refusal(node: nodes.For, loops: int) -> str:
    if node.recursive:
        return _ONLY
    if loops > _DEEPEST_LOOP:
        return f"các vòng lặp for lồng nhau quá {_DEEPEST_LOOP} tầng"
    return ONLY_LISTS if isinstance(node.iter, nodes.Const | nodes.Concat) else ""


def _set_refusal(node: nodes.Assign, assigned: Collection[str]) -> str:
    """Refuse a variable that is made of another one: doubled thirty times, one letter fills the memory."""
    if not isinstance(node.target, nodes.Name):
        return "mỗi thẻ set chỉ đặt một biến"
    names = [node.node] if isinstance(node.node, nodes.Name) else node.node.find_all(nodes.Name)
    reused = next((name.name for name in names if name.name in assigned), "")
    return f'thẻ set không dùng lại được biến "{reused}" của một thẻ set khác' if reused else ""
