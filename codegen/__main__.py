"""The command line: ``python -m codegen``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from codegen.commands import breaking, check, diff, docs, drift, facts, generate, history, update
from codegen.errors import InputError


class Command(NamedTuple):
    """A subcommand."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS = (
    Command(generate.NAME, generate.HELP, generate.add_arguments, generate.run),
    Command(check.NAME, check.HELP, check.add_arguments, check.run),
    Command(facts.NAME, facts.HELP, facts.add_arguments, facts.run),
    Command(drift.NAME, drift.HELP, drift.add_arguments, drift.run),
    Command(diff.NAME, diff.HELP, diff.add_arguments, diff.run),
    Command(history.NAME, history.HELP, history.add_arguments, history.run),
    Command(update.NAME, update.HELP, update.add_arguments, update.run),
    Command(breaking.NAME, breaking.HELP, breaking.add_arguments, breaking.run),
    Command(docs.NAME, docs.HELP, docs.add_arguments, docs.run),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand, and return its exit status: 2 if the input cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        subparser = subparsers.add_parser(command.name, help=command.help)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has closed it; drop the output that is still buffered.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141  # as a shell reports it
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
