"""The command line: options, printing, exit codes, and the one door to the environment."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the `dateline` command and exit.

    Exit codes: 0 done, 1 problems in content (or the system refused), 2 wrong usage or settings, 130 interrupted.
    """
    import click

    from generator.cli import commands
    from generator.errors import DatelineError

    try:
        code = commands.dateline.main(arguments, prog_name="dateline", standalone_mode=False)
    except DatelineError as error:
        from generator.cli.console import Console

        Console().problems(error.problems)
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
