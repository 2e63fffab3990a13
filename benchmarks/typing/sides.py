"""The two SDKs for one task, and the edits of each program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.typing.environments import Environment, with_sagemaker_typed, with_types_boto3

PROGRAMS: Final = Path(__file__).parent / "programs"
# Both programs have this statement. An edit replaces it.
TYPED_AT: Final = "    client.create_endpoint_config("
METHOD: Final = "create_endpoint_config"


@dataclass(frozen=True)
class Question:
    """An edit with a mark at the cursor, a question, and a part of the expected response."""

    kind: str
    typed: str
    answer: str


@dataclass(frozen=True)
class Side:
    """An SDK, a program that uses it, and the edits of that program."""

    name: str
    program: str
    install: Callable[[Path], Environment]
    questions: Mapping[str, Question]

    def text(self) -> str:
        """Return the program."""
        return (PROGRAMS / self.program).read_text(encoding="utf-8")


OURS: Final = Side(
    name="sagemaker_typed",
    program="with_sagemaker_typed.py",
    install=with_sagemaker_typed,
    questions={
        "methods": Question("completion", "    client.‸", METHOD),
        "signature": Question(
            "signature", "    client.create_endpoint_config(‸)", "production_variants"
        ),
        "values": Question(
            "completion",
            "    client.create_endpoint_config(endpoint_config_name=name, production_variants="
            '[ProductionVariant(variant_name="main", instance_type="‸")])',
            "ml.m5.large",
        ),
        "hover-method": Question(
            "hover",
            "    client.create_‸endpoint_config("
            "endpoint_config_name=name, production_variants=[variant])",
            METHOD,
        ),
        "hover-parameter": Question(
            "hover",
            "    client.create_endpoint_config("
            "endpoint_config_name=name, production_‸variants=[variant])",
            "production_variants",
        ),
    },
)
THEIRS: Final = Side(
    name="types-boto3-sagemaker",
    program="with_types_boto3.py",
    install=with_types_boto3,
    questions={
        "methods": Question("completion", "    client.‸", METHOD),
        "signature": Question(
            "signature", "    client.create_endpoint_config(‸)", "ProductionVariants"
        ),
        "values": Question(
            "completion",
            "    client.create_endpoint_config(EndpointConfigName=name, ProductionVariants="
            '[{"VariantName": "main", "InstanceType": "‸"}])',
            "ml.m5.large",
        ),
        "hover-method": Question(
            "hover",
            "    client.create_‸endpoint_config("
            "EndpointConfigName=name, ProductionVariants=[variant])",
            METHOD,
        ),
        "hover-parameter": Question(
            "hover",
            "    client.create_endpoint_config("
            "EndpointConfigName=name, Production‸Variants=[variant])",
            "ProductionVariants",
        ),
    },
)
