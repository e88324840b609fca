"""The command line: options, printing, exit codes, and the one door to the environment."""

from __future__ import annotations

import gc
import io
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the `dateline` command and exit.

    Exit codes: 0 done, 1 problems in content (or the system refused), 2 wrong usage or settings, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe may not hold every letter of a name
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(_run(arguments))
    except KeyboardInterrupt as stop:
        sys.stderr.write("".join(["Interrupted", *(f": {word}" for word in stop.args), "\n"]))
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        sys.stderr.write(f"error: {error.filename or 'the system'}: {error.strerror or error}\n")
        sys.exit(1)


def _run(arguments: list[str] | None) -> int:
    """The command's exit code, its errors told."""
    gc.disable()
    import click

    from generator.cli import commands
    from generator.errors import DatelineError

    gc.freeze()  # code stays: to search it for garbage while more is read would take a tenth of a small build
    gc.enable()
    try:
        code = commands.dateline.main(arguments, prog_name="dateline", standalone_mode=False)
    except DatelineError as error:
        from generator.cli.console import Console

        Console().problems(error.problems)
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as stop:
        raise KeyboardInterrupt(*getattr(stop.__cause__, "args", ())) from None
    return code if isinstance(code, int) else 0
