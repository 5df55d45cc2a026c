"""The stubs are those of the native part, and the package's types hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[1]


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=HERE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_hold() -> None:
    _run("mypy")


def test_stubs_are_true() -> None:
    _run("mypy.stubtest", "rapporteur._native", "--mypy-config-file", "pyproject.toml")


def test_the_package_is_typed() -> None:
    import rapporteur

    assert (Path(rapporteur.__file__).parent / "py.typed").exists()


def test_importing_it_imports_none_of_the_libraries_that_tables_go_to() -> None:
    libraries = ("numpy", "pyarrow", "pandas", "polars", "duckdb", "pyspark")
    code = f"import sys, rapporteur; print([name for name in {libraries} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
