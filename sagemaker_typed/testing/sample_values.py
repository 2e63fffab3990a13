"""Sample values: valid, and obviously not real."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic_core import PydanticKnownError

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.patterns import pattern

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.enums import OpenEnum

MOMENT = "2030-01-01T00:00:00Z"
_ACCOUNT = "123456789012"
_REGION = "us-east-1"
_HEX = "0123456789abcdef0"

# Values by the end of a member's name, tried in this order.
_BY_NAME: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("RoleArn|RoleARN|Role", (f"arn:aws:iam::{_ACCOUNT}:role/example-role",)),
    (
        "KeyId|KmsKey|KeyArn",
        (f"arn:aws:kms:{_REGION}:{_ACCOUNT}:key/00000000-0000-0000-0000-000000000000",),
    ),
    ("ImageUri|Image|TrainingImage", (f"{_ACCOUNT}.dkr.ecr.{_REGION}.amazonaws.com/example:1",)),
    ("TopicArn|Topic", (f"arn:aws:sns:{_REGION}:{_ACCOUNT}:example-topic",)),
    ("LambdaArn|ProviderArn", (f"arn:aws:lambda:{_REGION}:{_ACCOUNT}:function:example",)),
    ("SecretArn", (f"arn:aws:secretsmanager:{_REGION}:{_ACCOUNT}:secret:example",)),
    ("SecurityGroup(Id)?s?|SecurityGroupIds", (f"sg-{_HEX}",)),
    ("Subnet(Id)?s?", (f"subnet-{_HEX}",)),
    ("VpcId", (f"vpc-{_HEX}",)),
    ("AccountId|AccountIds|VpcOnlyTrustedAccounts", (_ACCOUNT,)),
    ("AvailabilityZones?|AvailabilityZoneId", ("us-east-1a", "use1-az1")),
    ("Regex", (r"loss=([0-9.]+)",)),
    ("ScheduleExpression", ("cron(0 * ? * * *)",)),
    ("LocalPath|MountPath|DirectoryPath|FileSystemPath", ("/opt/ml/example",)),
    ("TimeOffset", ("-PT1H",)),
    ("Digest", (f"sha256:{'0' * 64}",)),
    ("Region", (_REGION,)),
    ("CountryCode", ("US",)),
    (
        "S3\\w*|\\w*Uri|\\w*Url|\\w*URL|Path",
        ("s3://example-bucket/example/", "https://example.com/example", "/opt/ml/example"),
    ),
    ("\\w*(MIMETypes?|ContentTypes?|MediaType|ContentType|Accept)", ("text/csv",)),
    ("LifecycleConfigContent", ("IyEvYmluL2Jhc2gK",)),
    ("Definition|Policy|Content|Document", ("{}",)),
    # Rules compare these with each other, or read them as numbers.
    ("ShadowModelVariantName", ("shadow-variant-name",)),
    ("\\w*VariantName", ("variant-name",)),
    ("\\w*FeatureName", ("feature-name",)),
    ("(Min|Max)Value", ("1",)),
    ("\\w*Token", ("example-token-00000000000000000000",)),
)
# The ends of ARNs, after the kind of the resource.
_IDS = (
    "example",
    "0123456789ab",
    "example/example",
    "example/1",
    "example/0123456789ab",
    "example/execution/0123456789ab",
    "example/export-job/example",
    "example/Model/example",
    "example/Model/example/1.0.0",
    "example/JsonDoc/example/1.0.0",
    "public/0123456789ab",
    "app-0123456789AB",
    "sagemaker-example/example/0123456789ab",
)
_ARNS = (
    f"arn:aws:sagemaker:{_REGION}:aws:hub-content/example/Model/example",
    f"arn:aws:sagemaker:{_REGION}:aws:hub-content/example/DataSet/example",
    f"arn:aws:sagemaker:{_REGION}:{_ACCOUNT}:space/example/example",
    f"arn:aws:sagemaker:{_REGION}:{_ACCOUNT}:mlflow-app/example",
    f"arn:aws:codewhisperer:{_REGION}:{_ACCOUNT}:profile/example",
    f"arn:aws:iam::{_ACCOUNT}:role/example-role",
    f"arn:aws:kms:{_REGION}:{_ACCOUNT}:key/00000000-0000-0000-0000-000000000000",
    f"arn:aws:sns:{_REGION}:{_ACCOUNT}:example-topic",
    f"arn:aws:lambda:{_REGION}:{_ACCOUNT}:function:example",
    f"arn:aws:secretsmanager:{_REGION}:{_ACCOUNT}:secret:example",
    f"arn:aws:elasticfilesystem:{_REGION}:{_ACCOUNT}:access-point/fsap-{_HEX}",
    "arn:aws:sso:::instance/ssoins-0123456789abcdef",
    f"arn:aws:sso::{_ACCOUNT}:application/ssoins-0123456789abcdef/apl-0123456789abcdef",
)
# Values for other names.
_ANY = (
    "example",
    "Example",
    "example.com",
    "1",
    "1.0",
    "1.0.0",
    "s3://example-bucket/example/",
    "https://example.com/example",
    "/example",
    "text/csv",
    "Python 3.11",
    "Mon:03:00",
    "-PT1H",
    "PT1H",
    "1H",
    "p50",
    "4K",
    "0.0.0.0/0",
    "d-example",
    "dzd-example",
    f"{_REGION}_example",
    f"{_REGION}a",
    "use1-az1",
    _ACCOUNT,
    f"vpc-{_HEX}",
    f"subnet-{_HEX}",
    f"sg-{_HEX}",
    f"i-{_HEX}",
    f"eni-{_HEX}",
    f"eni-attach-{_HEX}",
    f"vol-{_HEX}",
    f"fs-{_HEX}",
    f"ami-{_HEX}",
    f"fsvol-{_HEX}",
    f"fs-{_HEX}.fsx.{_REGION}.amazonaws.com",
    f"vpce-{_HEX}",
    "/dev/sdf",
    "10.0.0.1",
    "ip-10-0-0-1.ec2.internal",
    "example; Expires=2030-01-01T00:00:00Z",
    "notebook-al2023-v1",
    "mig-1g.10gb",
    "ml.p5.48xlarge",
    "UserName",
    "DisplayName",
    "example-token-00000000000000000000",
    "0123456789",
    "00000000-0000-0000-0000-000000000000",
)
# Members of a shape that one sample for each member cannot get right.
MEMBERS: Mapping[str, Mapping[str, object]] = {
    "CreateInferenceExperimentRequest": {  # the shadow is another one of the variants
        "ModelVariants": (
            {"VariantName": "variant-name"},
            {"VariantName": "shadow-variant-name"},
        ),
    },
}
_ENDS_IN_ARN = re.compile(r"-?arns?$|-arn-list$", re.IGNORECASE)
# The service and the kind of the resource, which the patterns of ARNs state in plain letters.
_ARN_PATTERN = re.compile(r"arn:[^:]+:([a-z-]+):[^:]*:[^:]*:\(?([a-z-]+)(?:\||\)|\\?/)")


def string(name: str, kind: facts.String) -> str:
    """Return a valid string for a member with this name.

    Raises ``LookupError`` if no value of this module matches the pattern.
    """
    for text in (*_by_name(name, kind), *_of_the_name(name, kind), *_ARNS, *_ANY):
        if fits(text, kind):
            return text
    raise LookupError(f"no sample value of {name} matches {kind!r}; add one to {__name__}")


def fits(text: str, kind: facts.String) -> bool:
    """Return whether a string is within the limits and matches the pattern."""
    if not (kind.min or 0) <= len(text) <= (len(text) if kind.max is None else kind.max):
        return False
    if kind.pattern is not None:
        try:
            pattern(kind.pattern, kind.engine)(text)
        except PydanticKnownError:
            return False
    return True


def _by_name(name: str, kind: facts.String) -> Iterator[str]:
    for ending, values in _BY_NAME:
        if re.search(f"(?:{ending})$", name):
            yield from values
    documented = _ARN_PATTERN.search(kind.pattern or "")
    if documented:
        yield from _arns(*documented.groups())
    elif _ENDS_IN_ARN.search(name):
        yield from _arns("sagemaker", _ENDS_IN_ARN.sub("", _kebab(name)))


def _arns(service: str, resource: str) -> Iterator[str]:
    for region in (_REGION, ""):
        for resource_id in _IDS:
            yield f"arn:aws:{service}:{region}:{_ACCOUNT}:{resource}/{resource_id}"


def _of_the_name(name: str, kind: facts.String) -> Iterator[str]:
    """Yield a name such as ``endpoint-config-name``, within the length limits."""
    kebab = _kebab(name)
    for text in (kebab, kebab.replace("-", ""), kebab.replace("-", "_")):
        yield text[: kind.max].rstrip("-_").ljust(kind.min or 0, "0")


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()


_PREFERRED = ("ml.m5.large", "ml.m5.xlarge", "ml.t3.medium", "File", "None", "S3Prefix")


def enum(values: type[OpenEnum]) -> OpenEnum:
    """Return a common value, or the first listed one."""
    return next((value for value in values if value in _PREFERRED), next(iter(values)))


def number(kind: facts.Integer | facts.Float) -> int | float:
    """Return a small number within the limits."""
    low = 1 if kind.min is None else max(kind.min, 1)
    value = low if kind.max is None or low <= kind.max else kind.max
    return int(value) if isinstance(kind, facts.Integer) or value == int(value) else value


def blob(kind: facts.Blob) -> bytes:
    """Return a few bytes."""
    return b"example".ljust(kind.min or 0, b"0")[: kind.max]
