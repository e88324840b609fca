"""The README's commands are the ones that CI runs."""

import re

from support import REPOSITORY


def commands():
    """The indented lines of the README that make a virtual environment."""
    text = (REPOSITORY / "README.md").read_text("utf-8")
    return re.findall(r"^    (python3 -m venv .*)$", text, re.MULTILINE)


def test_ci_runs_the_readme_test_command_word_for_word():
    """The last line of .ci/run is the README's second command."""
    lines = (REPOSITORY / ".ci" / "run").read_text("utf-8").strip().splitlines()
    assert lines[-1] == commands()[1]


def test_readme_has_two_one_line_commands():
    """One command builds the example site, one runs the tests; each makes its own environment."""
    build, test = commands()
    assert build.endswith("dateline build")
    assert "pytest" in test
