"""The example for R, on tables that the package has written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rapporteur

EXAMPLES = Path(__file__).parents[3] / "examples"

pytestmark = pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not there")


@pytest.fixture(scope="module")
def written(reader: rapporteur.Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The events of the example stories, as Parquet and as CSV."""
    folder = tmp_path_factory.mktemp("tables")
    tables = reader.read_files(EXAMPLES)
    tables.write_csv(folder)
    tables.write_parquet(folder)
    return folder


def drawn(table: Path, out: Path) -> str:
    """Runs the script; gives the table that it prints."""
    command = ["Rscript", str(EXAMPLES / "dyads.R"), str(table), str(out)]
    environment = {**os.environ, "RETICULATE_PYTHON": sys.executable}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"%PDF")
    return done.stdout


def test_r_draws_dyads_from_csv(written: Path, tmp_path: Path) -> None:
    lines = drawn(written / "events.csv", tmp_path / "csv.pdf").splitlines()
    assert lines[0].split() == ["dyad", "events", "goldstein"]
    assert len(lines) > 1


def test_r_draws_the_same_from_parquet(written: Path, tmp_path: Path) -> None:
    has = 'quit(status = !(requireNamespace("arrow", quietly = TRUE) || requireNamespace("reticulate", quietly = TRUE)))'
    if subprocess.run(["Rscript", "-e", has], capture_output=True).returncode:
        pytest.skip("R has neither arrow nor reticulate")
    from_csv = drawn(written / "events.csv", tmp_path / "csv.pdf")
    assert drawn(written / "events.parquet", tmp_path / "parquet.pdf") == from_csv
