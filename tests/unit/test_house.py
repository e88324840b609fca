"""The habits of the house, kept by the tools themselves."""

import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY

TOOLS = {
    "ruff check": [sys.executable, "-m", "ruff", "check", "."],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import-linter": [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_finds_nothing(tool):
    """Linter, formatter, type checker and the rows of the architecture have nothing to say."""
    result = subprocess.run(TOOLS[tool], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_outgrows_its_room():
    """No module of the generator has more than 400 lines."""
    long = {
        path.name: count
        for path in (REPOSITORY / "generator").rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_cupboard_modules():
    """No module is called utils, helpers, common or misc."""
    names = {path.stem for path in (REPOSITORY / "generator").rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "common", "misc"}
