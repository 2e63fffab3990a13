"""The command line: its arguments, and its exit status."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sagemaker_typed.cli.problems import UsageError

USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
"""The exit status that a shell reports for a command ended by this signal."""

_EPILOG = """\
Write an OPERATION as in the API, as for aws or as in Python:
CreateEndpointConfig, create-endpoint-config, create_endpoint_config.

exit status: 0 no errors, 1 errors in a file, 2 the command line is wrong
"""
_VALIDATE = """\
Check JSON or YAML request files, as `aws sagemaker OPERATION --cli-input-json` takes them,
against everything that is documented about the operation's request. Nothing is sent.
It also checks SageMaker's resources in CloudFormation templates and in ACK's manifests and, with
'auto', pipeline definitions.

One line for each problem:  FILE:LINE:COLUMN: SEVERITY: MEMBER: MESSAGE [CODE]

The service, or aws before it, refuses a request with an error. A warning is documented as required
or unsupported, but not as a failure. Advice, shown with --advice, is a recommendation.
"""
_VALIDATE_EPILOG = """\
examples:
  sagemaker-typed validate CreateEndpointConfig config.json
  sagemaker-typed validate create-model models/              every .json, .yaml and .yml below it
  jq .request job.json | sagemaker-typed validate CreateTrainingJob -
  sagemaker-typed validate auto requests/                    names each file's operation itself:
                          create-model.json, create_model-1.yaml, x.CreateModel.json,
                          create-model/x.json

exit status: 0 no errors, 1 errors (with --strict, or warnings), 2 the command line is wrong
"""
_CHECK = """\
Check the calls of boto3's SageMaker clients in Python files and notebooks: the arguments of each
call, the names of methods, paginators and waiters, and the keys of responses. The code is read, not
imported or run. Parts of a request that it does not show are taken to be correct.

One line for each problem:  FILE:LINE:COLUMN: SEVERITY: MEMBER: MESSAGE [CODE]

A comment `# sagemaker-typed: ignore[CODE]` on the line of a problem, or on the first line of its
statement, turns it off.
"""
_CHECK_EPILOG = """\
examples:
  sagemaker-typed check src/ notebooks/           every .py and .ipynb file below them
  sagemaker-typed check --format github src/      annotations of GitHub Actions
  sagemaker-typed check --format sarif src/ > check.sarif

exit status: 0 no errors, 1 errors (with --strict, or warnings), 2 the command line is wrong
"""
_EXPLAIN = """\
Show an operation, a shape, a member, an enum or a rule: its facts, its rules, and its
documentation from the installed botocore.
"""
_EXPLAIN_EPILOG = """\
examples:
  sagemaker-typed explain CreateEndpointConfig
  sagemaker-typed explain create-endpoint-config.ProductionVariants.InstanceType
  sagemaker-typed explain ProductionVariant.volume_size_in_gb
  sagemaker-typed explain EndpointStatus
  sagemaker-typed explain endpoint-config/serverless-excludes-volume
  sagemaker-typed explain CreateTrainingJob --defaults sagemaker-defaults.yaml
"""
_SKELETON = """\
Write a request to start from: the required members, each with a valid example value. With --all,
every member that can be combined with the others.
"""
_SKELETON_EPILOG = """\
examples:
  sagemaker-typed skeleton CreateEndpointConfig > config.json
  sagemaker-typed skeleton create-training-job --all --format yaml > job.yaml
  sagemaker-typed skeleton create_model --format python
"""
_MIGRATE = """\
Move Python files and notebooks from boto3 to this package. A call moves if the text of its file
proves that the program behaves alike. Every other call stays as it is, and is listed with its line
and the reason; the moved code runs beside it.
"""
_MIGRATE_EPILOG = """\
examples:
  sagemaker-typed migrate src/                 shows the differences
  sagemaker-typed migrate src/ --write         writes the files
  sagemaker-typed migrate src/ --dicts         leaves nested dictionaries as they are
  sagemaker-typed migrate src/ --async         moves awaited calls of aiobotocore too
"""
_SCHEMA = """\
Write the JSON Schema (2020-12) of an operation's request, or of a shape. With --all, write the
schemas of all operations into a folder, with two indexes of them for editors.
"""
_SCHEMA_EPILOG = """\
examples:
  sagemaker-typed schema CreateEndpointConfig > schema.json
  sagemaker-typed schema ProductionVariant
  sagemaker-typed schema --all schemas     schemas/CreateModel.schema.json and so on,
                                           schemas/catalog.json as SchemaStore writes it,
                                           schemas/settings.json for Visual Studio Code
"""
_DOCTOR = """\
Show what a bug report needs: versions, the path that calls take, the source of the credentials,
region and endpoint. Nothing is sent to the service, and no credential is shown.
"""
_DOCTOR_EPILOG = """\
exit status: 0 no problems, 1 problems, 2 the command line is wrong
"""
_LOGS = """\
Print the CloudWatch log lines of a resource, ordered by time: of a training, processing, transform,
AutoML, compilation or labeling job, an endpoint, an inference component, a notebook instance, a
pipeline execution and its steps, and others.
"""
_LOGS_EPILOG = """\
examples:
  sagemaker-typed logs training-job churn --follow     until the job has ended
  sagemaker-typed logs endpoint churn --tail 50
  sagemaker-typed logs processing-job prepare --since 2h --json

exit status: 0 no errors, 1 the service reported an error, 2 the command line is wrong
"""
_LS = """\
List resources as a table, the newest first if the service sorts them so. RESOURCE is the name of a
list operation without its verb: endpoints, training-jobs, model-packages.
"""
_LS_EPILOG = """\
examples:
  sagemaker-typed ls endpoints
  sagemaker-typed ls training-jobs StatusEquals=Failed NameContains=churn --limit 5
  sagemaker-typed ls pipeline-executions PipelineName=churn --json

exit status: 0 no errors, 1 the service reported an error, 2 the command line is wrong
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; expected errors give no traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # the locale may not encode a file's name
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except UsageError as error:
        sys.stderr.write(f"sagemaker-typed: {error}\n")
        return USAGE
    except BrokenPipeError:
        # otherwise the interpreter flushes the rest at exit, and reports the error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    return status


def _run(arguments: Sequence[str] | None) -> int:
    try:
        parsed = _parser().parse_args(arguments)
    except SystemExit as exit_:  # argparse has written the reason
        return int(exit_.code or 0)
    status: int = parsed.run(parsed)
    return status


# The imports of a command wait until it runs: `--help` needs none of them.


def _validate(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import validate

    return validate.run(arguments)


def _check(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import check

    return check.run(arguments)


def _explain(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import explain

    return explain.run(arguments)


def _skeleton(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import skeleton

    return skeleton.run(arguments)


def _migrate(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli.migrate import command

    return command.run(arguments)


def _schema(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import schema

    return schema.run(arguments)


def _doctor(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import doctor

    return doctor.run(arguments)


def _logs(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import log_reader

    return log_reader.run(arguments)


def _ls(arguments: argparse.Namespace) -> int:
    from sagemaker_typed.cli import listing

    return listing.run(arguments)


class _Version(argparse.Action):
    """Reads the versions only for ``--version``."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from sagemaker_typed import API_MODEL, __version__

        model = f"{API_MODEL.service} {API_MODEL.api_version}, botocore {API_MODEL.botocore}"
        sys.stdout.write(f"sagemaker-typed {__version__} ({model})\n")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sagemaker-typed",
        description="Check, explain, describe and start requests for Amazon SageMaker.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        help="show the versions of the package and of the API",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    validate = _command(
        commands.add_parser, "validate", "check request files", _VALIDATE, _VALIDATE_EPILOG
    )
    validate.set_defaults(run=_validate)
    validate.add_argument(
        "operation",
        metavar="OPERATION",
        help="the operation of the requests; 'auto' reads it from each file's name or folder",
    )
    validate.add_argument(
        "files", metavar="FILE", nargs="+", help="a file, a folder, or - for the standard input"
    )
    _report_options(validate)

    check = _command(commands.add_parser, "check", "check boto3 code", _CHECK, _CHECK_EPILOG)
    check.set_defaults(run=_check)
    check.add_argument(
        "files", metavar="FILE", nargs="+", help="a file, a folder, or - for the standard input"
    )
    _report_options(check)

    explain = _command(
        commands.add_parser, "explain", "show the facts of a name", _EXPLAIN, _EXPLAIN_EPILOG
    )
    explain.set_defaults(run=_explain)
    explain.add_argument(
        "name", metavar="NAME[.MEMBER]", help="operation, shape, enum or rule; members follow dots"
    )
    explain.add_argument(
        "--no-documentation", action="store_true", help="leave out botocore's documentation"
    )
    explain.add_argument(
        "--defaults",
        metavar="FILE",
        nargs="?",
        const="",
        help="show the defaults of the operation, from this file or from those that are found",
    )

    skeleton = _command(
        commands.add_parser,
        "skeleton",
        "write a request to start from",
        _SKELETON,
        _SKELETON_EPILOG,
    )
    skeleton.set_defaults(run=_skeleton)
    skeleton.add_argument("operation", metavar="OPERATION")
    skeleton.add_argument("--all", action="store_true", help="write the optional members too")
    skeleton.add_argument(
        "-f",
        "--format",
        choices=("json", "yaml", "python"),
        default="json",
        help="JSON (default), YAML with comments, or Python that uses this package",
    )

    migrate = _command(
        commands.add_parser, "migrate", "move code from boto3", _MIGRATE, _MIGRATE_EPILOG
    )
    migrate.set_defaults(run=_migrate)
    _migrate_options(migrate)

    schema = _command(commands.add_parser, "schema", "write JSON Schemas", _SCHEMA, _SCHEMA_EPILOG)
    schema.set_defaults(run=_schema)
    schema.add_argument("name", metavar="NAME", nargs="?", help="the operation or shape")
    schema.add_argument(
        "--all", metavar="DIR", type=Path, help="write the schemas of all operations to this folder"
    )

    doctor = _command(
        commands.add_parser, "doctor", "show versions and settings", _DOCTOR, _DOCTOR_EPILOG
    )
    doctor.set_defaults(run=_doctor)
    _account(doctor)

    logs = _command(commands.add_parser, "logs", "print log lines", _LOGS, _LOGS_EPILOG)
    logs.set_defaults(run=_logs)
    logs.add_argument("resource", metavar="RESOURCE", help="such as training-job or endpoint")
    logs.add_argument("name", metavar="NAME", help="the name, or the ARN of a pipeline execution")
    logs.add_argument("--follow", action="store_true", help="wait for more lines")
    logs.add_argument("--tail", metavar="N", type=_count, help="start with the last N lines")
    logs.add_argument(
        "--since", metavar="TIME", help="skip older lines: 30m, 2h, 1d, or an ISO 8601 time"
    )
    logs.add_argument("--json", action="store_true", help="write a JSON object for each line")
    _account(logs)

    ls = _command(commands.add_parser, "ls", "list resources", _LS, _LS_EPILOG)
    ls.set_defaults(run=_ls)
    ls.add_argument("resource", metavar="RESOURCE", help="such as endpoints or training-jobs")
    ls.add_argument(
        "members", metavar="MEMBER=VALUE", nargs="*", help="a member of the list request"
    )
    ls.add_argument("--limit", metavar="N", type=_count, default=50, help="most items (default 50)")
    ls.add_argument("--json", action="store_true", help="write a JSON list")
    _account(ls)
    return parser


def _migrate_options(migrate: argparse.ArgumentParser) -> None:
    migrate.add_argument("paths", metavar="PATH", nargs="+", help="a file or a folder")
    shown = migrate.add_mutually_exclusive_group()
    shown.add_argument("--diff", action="store_true", help="show the differences (default)")
    shown.add_argument("--write", action="store_true", help="write the files")
    migrate.add_argument(
        "--dicts", action="store_true", help="leave nested dictionaries as dictionaries"
    )
    migrate.add_argument(
        "--async",
        dest="asynchronous",
        action="store_true",
        help="move the awaited calls of aiobotocore's clients too",
    )


def _count(text: str) -> int:
    """Read a number of lines or items."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)


def _account(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profile", help="the profile of the AWS configuration")
    command.add_argument("--region", help="the region, in place of the configured one")


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json", "github", "sarif"),
        default="text",
        help="text (default), a JSON list, annotations of GitHub Actions, or SARIF 2.1.0",
    )
    parser.add_argument("--strict", action="store_true", help="warnings fail too (exit status 1)")
    parser.add_argument("--advice", action="store_true", help="show advice too")
    parser.add_argument(
        "--ignore",
        metavar="RULE",
        action="append",
        default=[],
        help="skip the rule with this id; may be repeated",
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="write no closing line to the standard error"
    )


def _command(
    add: Callable[..., argparse.ArgumentParser],
    name: str,
    summary: str,
    description: str,
    epilog: str,
) -> argparse.ArgumentParser:
    return add(
        name,
        help=summary,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
