"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import rapporteur

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="session")
def reader() -> rapporteur.Reader:
    """One reader for all: opening the model is the slow part."""
    return rapporteur.Reader()


@pytest.fixture(scope="session")
def talks() -> str:
    """A story of our own with talks, a claim and a denial."""
    return (EXAMPLES / "talks-at-the-lake.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def march() -> str:
    """A story of our own with a march."""
    return (EXAMPLES / "march-in-the-capital.txt").read_text(encoding="utf-8")
