"""Reads one file of the content in its shape. What is wrong with it is one line for its editor."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError, parse_obj_as

T = TypeVar("T")


def read(path: Path, shown: str, shape: type[T], faults: list[str]) -> T | None:
    """The file in its shape, or None and its faults, which begin with `shown`."""
    if not path.exists():
        faults.append(f"{shown}: is missing; create it (knowledge/README.md says how)")
        return None
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_Strings)  # noqa: S506 - makes text only
        return parse_obj_as(shape, data)
    except UnicodeDecodeError:
        faults.append(f"{shown}: is not UTF-8 text; save it as UTF-8")
    except yaml.YAMLError as error:
        faults.append(f"{shown}: {_yaml_fault(error)}")
    except ValidationError as error:
        faults.extend(f"{shown}: {_shape_fault(item)}" for item in error.errors())
    return None


class _Strings(yaml.CBaseLoader):
    """Reads every value as text, so that `no`, 2026-11 and 0800 stay what was written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"`{twice[0]}` stands here twice; keep one", node.start_mark
            )
        return super().construct_mapping(node, deep)


def _yaml_fault(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 1}: " if mark else ""
    return f"{line}{getattr(error, 'problem', error)}; is a quote or an indent missing?"


def _shape_fault(item: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in item["loc"] if part != "__root__")
    return f"{where}: {item['msg']}" if where else str(item["msg"])
