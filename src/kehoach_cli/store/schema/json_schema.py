"""JSON Schemas of the kinds of file, for editors and other validators: shape and notation, explained in Vietnamese.

They are generated from the models. What they cannot express (duplicate ids, unknown agencies) only the loader checks.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kehoach_cli.store.schema.amendment import AmendmentFile
from kehoach_cli.store.schema.base import FileModel
from kehoach_cli.store.schema.legal import LegalFile
from kehoach_cli.store.schema.lock import LockFile
from kehoach_cli.store.schema.plan import PlanFile
from kehoach_cli.store.schema.progress import ProgressFile
from kehoach_cli.store.schema.registry import RegistryFile
from kehoach_cli.store.schema.source import SourceRecordFile

MODELS: dict[str, type[FileModel]] = {
    "plan": PlanFile,
    "registry": RegistryFile,
    "progress": ProgressFile,
    "source": SourceRecordFile,
    "lock": LockFile,
    "legal": LegalFile,
    "amendment": AmendmentFile,
}
_REF = "#/$defs/"
_PLAIN = re.compile(r"(?!-)[^\W\d_][\w./ ()…-]*|\d{4}-\d\d(?:-\d\d)?")


def schema(name: str) -> dict[str, Any]:
    """Return the schema of the files of a kind: `plan`, `registry`, `progress`, `lock`, `legal`, `amendment` or `source`."""
    generated = MODELS[name].model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions = generated.pop("$defs", {})
    body: dict[str, Any] = _readable(generated, definitions)
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"kehoach:{name}-1",
        "title": body["title"],
        "description": body["description"],
    }
    if name == "progress":
        # One document or a list of them; unlike `anyOf`, this tells each fault at its own place.
        one, definitions = {"$ref": f"{_REF}ProgressFile"}, definitions | {"ProgressFile": generated}
        body = {"if": {"type": "array"}, "then": {"items": one}, "else": one}
    kept = {used: _readable(definitions[used], definitions) for used in sorted(_used(body, definitions))}
    return head | body | {"$defs": kept}


def schema_text(name: str) -> str:
    """Return the schema as the file `schema_file(name)` holds it."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_file(name: str) -> str:
    """Return the name of the file that holds the schema."""
    return f"{name}-1.schema.json"


def flow(value: Any) -> str:
    """Return an example as it is typed into a file."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str() if _PLAIN.fullmatch(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if key.isdecimal() else flow(key)


def _readable(node: Any, definitions: dict[str, Any]) -> Any:
    """Return a schema that editors show well.

    An entry that may be null gets null as a further type: for two alternatives an editor shows both titles and the errors of
    both. Examples become part of the description: an editor would type them into the file, and an example must never be
    reported as a figure.
    """
    if isinstance(node, list):
        return [_readable(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in (entry := node.get("anyOf", [{}])[0]):
        words = {key: item for key, item in node.items() if key != "anyOf"}
        node = definitions[entry["$ref"].removeprefix(_REF)] | {"type": ["object", "null"]} | words
    examples = node.get("examples", [])
    found = {key: _readable(item, definitions) for key, item in node.items() if key != "examples"}
    if examples:
        found["description"] = f"{found['description']} Ví dụ: {'; '.join(map(flow, examples))}"
    return found


def _used(node: Any, definitions: dict[str, Any]) -> set[str]:
    """Return the names of the definitions a readable schema needs."""
    names: set[str] = set()
    waiting = set(_refs(node))
    while waiting:
        name = waiting.pop()
        names.add(name)
        waiting |= set(_refs(_readable(definitions[name], definitions))) - names
    return names


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and "$ref" in node:
        yield node["$ref"].removeprefix(_REF)
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _refs(item)


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, changed for people who read and type."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keep the order of the models."""
        del parent_key
        return value

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out empty defaults: an editor would type them in."""
        found = super().default_schema(schema)
        if found.get("default") in (None, [], {}):
            found.pop("default", None)
        return found

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Allow null as a further type."""
        inner = self.generate_inner(schema["schema"])
        if "type" not in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        kinds = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        found = inner | {"type": [*kinds, "null"]}
        if "enum" in inner:
            found["enum"] = [*inner["enum"], None]
            found["enumDescriptions"] = [*inner["enumDescriptions"], "để trống"]
        return found

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Check every key by its pattern alone: some editors take a year for a number in a key, too."""
        keys = self.generate_inner(schema["keys_schema"])
        if keys.get("type") == "string":
            del keys["type"]
        return {
            "type": "object",
            "propertyNames": keys,
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }
