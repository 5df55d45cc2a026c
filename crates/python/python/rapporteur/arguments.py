"""Arguments of the wrong type, told by name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

Path = str | os.PathLike[str]


def wrong(argument: str, wanted: str, value: Any) -> TypeError:
    """The exception for a value of another type."""
    return TypeError(f"argument '{argument}': must be {wanted}, not {type(value).__name__}")


def text(**values: Any) -> None:
    """Each must be a `str`; raises `TypeError` that names the one that is not."""
    for argument, value in values.items():
        if not isinstance(value, str):
            raise wrong(argument, "a str", value)


def text_or_none(**values: Any) -> None:
    """Each must be a `str` or `None`."""
    text(**{argument: value for argument, value in values.items() if value is not None})


def whole(**values: Any) -> None:
    """Each must be an `int` or `None`."""
    for argument, value in values.items():
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise wrong(argument, "an int", value)


def flag(**values: Any) -> None:
    """Each must be a `bool`."""
    for argument, value in values.items():
        if not isinstance(value, bool):
            raise wrong(argument, "a bool", value)


def path(argument: str, value: Any) -> str:
    """The path as a `str`."""
    if not isinstance(value, (str, os.PathLike)):
        raise wrong(argument, "a path", value)
    name = os.fspath(value)
    if not isinstance(name, str):
        raise wrong(argument, "a path of str", name)
    return name


def paths(argument: str, values: Path | Iterable[Path]) -> list[str]:
    """One path or several, as a list."""
    if isinstance(values, (str, os.PathLike)):
        values = [values]
    if isinstance(values, bytes) or not isinstance(values, Iterable):
        raise wrong(argument, "a path or several", values)
    return [path(argument, value) for value in values]
