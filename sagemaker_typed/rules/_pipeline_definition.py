"""Checks the JSON of a pipeline definition: its structure, steps, references and functions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from pydantic_core import ValidationError

from sagemaker_typed.core.schema import facts
from sagemaker_typed.core.schema.lookup import find_shape
from sagemaker_typed.core.schema.paths import locate
from sagemaker_typed.core.schema.walk import find_member, innermost
from sagemaker_typed.core.suggest import did_you_mean
from sagemaker_typed.core.validation import messages
from sagemaker_typed.core.validation.build import partial_validator
from sagemaker_typed.core.validation.partial import Unknown, is_certain
from sagemaker_typed.core.validation.strict import JSON_CONTEXT, repeat

if TYPE_CHECKING:
    from sagemaker_typed.core.schema.paths import Location

Kind: TypeAlias = Literal[
    "arguments", "cycles", "json", "names", "references", "structure", "unused"
]

PACKAGE: Final = "sagemaker_typed"
VERSION: Final = "2020-12-01"
_MAX_DEPTH = 100

_JOBS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "AutoML": ("CreateAutoMLJobRequest", "AutoMLJobName", ("DescribeAutoMLJobResponse",)),
    "ClarifyCheck": ("CreateProcessingJobRequest", "ProcessingJobName", ()),
    "Endpoint": ("CreateEndpointRequest", "EndpointName", ("DescribeEndpointResponse",)),
    "EndpointConfig": (
        "CreateEndpointConfigRequest",
        "EndpointConfigName",
        ("DescribeEndpointConfigResponse",),
    ),
    "Model": ("CreateModelRequest", "ModelName", ("DescribeModelResponse",)),
    "Processing": (
        "CreateProcessingJobRequest",
        "ProcessingJobName",
        ("DescribeProcessingJobResponse",),
    ),
    "QualityCheck": ("CreateProcessingJobRequest", "ProcessingJobName", ()),
    "RegisterModel": (
        "CreateModelPackageRequest",
        "ModelPackageName",
        ("DescribeModelPackageResponse",),
    ),
    "Training": (
        "CreateTrainingJobRequest",
        "TrainingJobName",
        ("DescribeTrainingJobResponse",),
    ),
    "Transform": (
        "CreateTransformJobRequest",
        "TransformJobName",
        ("DescribeTransformJobResponse",),
    ),
    "Tuning": (
        "CreateHyperParameterTuningJobRequest",
        "HyperParameterTuningJobName",
        (
            "DescribeHyperParameterTuningJobResponse",
            "ListTrainingJobsForHyperParameterTuningJobResponse",
        ),
    ),
}
"""For each type of step the request that its arguments are, without the member that names the job.
Other steps refer to the members of the responses."""

_TYPES = frozenset({*_JOBS, "Callback", "Condition", "EMR", "EMRServerless", "Fail", "Lambda"})
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "Callback": ("SqsQueueUrl",),
    "ClarifyCheck": ("CheckType",),
    "Lambda": ("FunctionArn",),
    "QualityCheck": ("CheckType",),
}
"""The keys that a type of step needs besides its name and type."""

_CHECK_TYPES: Mapping[str, frozenset[str]] = {
    "ClarifyCheck": frozenset({"DATA_BIAS", "MODEL_BIAS", "MODEL_EXPLAINABILITY"}),
    "QualityCheck": frozenset({"DATA_QUALITY", "MODEL_QUALITY"}),
}
_TOP: Mapping[str, type] = {
    "Metadata": dict,
    "Parameters": list,
    "PipelineExperimentConfig": dict,
    "Steps": list,
    "Version": str,
}
_STEP: Mapping[str, type] = {
    "Arguments": dict,
    "CacheConfig": dict,
    "CheckType": str,
    "ClusterConfig": dict,
    "ClusterId": str,
    "DependsOn": list,
    "Description": str,
    "DisplayName": str,
    "ExecutionRoleArn": str,
    "FailOnViolation": object,
    "FunctionArn": str,
    "ModelName": str,
    "ModelPackageGroupName": object,
    "Name": str,
    "OutputParameters": list,
    "PropertyFiles": list,
    "RegisterNewBaseline": object,
    "RetryPolicies": list,
    "SkipCheck": object,
    "SqsQueueUrl": str,
    "SuppliedBaselineConstraints": object,
    "SuppliedBaselineStatistics": object,
    "Type": str,
}
"""The keys of steps; SageMaker's Python SDK writes ``null`` for some."""

_CACHE: Mapping[str, type] = {"Enabled": bool, "ExpireAfter": str}
_RETRY: Mapping[str, type] = {
    "BackoffRate": object,
    "ExceptionType": object,
    "ExpireAfterMin": int,
    "IntervalSeconds": int,
    "MaxAttempts": int,
}
_PARAMETER: Mapping[str, type] = {
    "DefaultValue": object,
    "Description": str,
    "EnumValues": list,
    "Name": str,
    "Type": str,
}
_PARAMETER_TYPES: Mapping[str, tuple[type, ...]] = {
    "Boolean": (bool,),
    "Float": (int, float),
    "Integer": (int,),
    "String": (str,),
}
_EXECUTION = frozenset(
    {
        "CurrentDateTime",
        "PipelineArn",
        "PipelineExecutionArn",
        "PipelineExecutionId",
        "PipelineName",
        "ProcessingJobName",
        "StartDateTime",
        "TrainingJobName",
    }
)
_EXPERIMENT = frozenset({"ExperimentName", "TrialName"})
_COMPARISONS = frozenset(
    {
        "Equals",
        "GreaterThan",
        "GreaterThanOrEqualTo",
        "LessThan",
        "LessThanOrEqualTo",
        "NotEquals",
    }
)
_CONDITIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_COMPARISONS, ("LeftValue", "RightValue")),
    "In": ("QueryValue", "Values"),
    "Not": ("Condition",),
    "NotIn": ("QueryValue", "Values"),
    "Or": ("Conditions",),
}
"""The types of conditions, and the keys that each needs."""

_OTHER_NAMES = {"Condition": "Expression", "QueryValue": "Value", "Values": "In"}
"""Keys of conditions that the published schema and SageMaker's Python SDK call differently."""

_NAMES: Mapping[type, str] = {
    bool: "a boolean",
    dict: "an object",
    int: "an integer",
    list: "a list",
    str: "a string",
}
_FUNCTION = re.compile(r"Get|Std:\w+")
_STEP_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PROPERTY = re.compile(r"\.?([^.\[\]]+)|\[(?:'[^']*'|\"[^\"]*\"|\d+)\]")


_RULES: Mapping[Kind, str] = {
    "arguments": "step-arguments",
    "cycles": "definition-without-cycles",
    "json": "definition-is-json",
    "names": "definition-names-differ",
    "references": "definition-references",
    "structure": "definition-structure",
    "unused": "parameters-are-used",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a definition: its place in the JSON, and a sentence."""

    kind: Kind
    path: Location
    text: str
    of_key: bool = False
    """True if the last part of the path is an unknown key."""

    @property
    def rule(self) -> str:
        """The id of the rule about problems of this kind."""
        return f"pipeline/{_RULES[self.kind]}"


@dataclass(slots=True)
class _Step:
    """A step, at any depth."""

    value: Mapping[str, Any]
    path: Location
    needs: set[str] = field(default_factory=set)
    """The names of the steps that run before."""


def is_definition(value: object) -> bool:
    """Return whether a JSON value has the form of a pipeline definition."""
    if not isinstance(value, Mapping) or not isinstance(value.get("Steps"), list):
        return False
    return isinstance(value.get("Version"), str) or {"Metadata", "Parameters"} <= value.keys()


@lru_cache(maxsize=4)
def problems_of_text(text: str) -> tuple[Problem, ...]:
    """Return the problems of a definition in a string."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        return (Problem("json", (), f"not JSON: {error}"),)
    return tuple(problems(value))


def problems(definition: object) -> Iterator[Problem]:
    """Yield the problems of a definition."""
    if not isinstance(definition, Mapping):
        yield Problem("json", (), "expected a JSON object")
        return
    yield from _Definition(definition).problems()


class _Definition:
    def __init__(self, value: Mapping[str, Any]) -> None:
        self._value = value
        self._problems: list[Problem] = []
        self._parameters: dict[str, Mapping[str, Any]] = {}
        self._used: set[str] = set()
        self._steps: dict[str, _Step] = {}
        self._all: list[_Step] = []

    def problems(self) -> list[Problem]:
        value = self._value
        self._keys(value, (), _TOP, ("Steps",))
        if isinstance(value.get("Version"), str) and value["Version"] != VERSION:
            self._add("structure", ("Version",), f"expected {VERSION!r}")
        self._read_parameters()
        self._read_steps(value.get("Steps"), ("Steps",), None, 0)
        config = value.get("PipelineExperimentConfig")
        self._functions(config, ("PipelineExperimentConfig",), None)
        for step in self._all:
            self._check_step(step)
        self._check_cycles()
        for name, parameter in self._parameters.items():
            if name not in self._used:
                index = value["Parameters"].index(parameter)
                self._add("unused", ("Parameters", index), f"nothing uses the parameter {name!r}")
        return self._problems

    def _add(self, kind: Kind, path: Location, text: str, *, of_key: bool = False) -> None:
        self._problems.append(Problem(kind, path, text, of_key))

    def _keys(
        self,
        value: Mapping[str, Any],
        path: Location,
        types: Mapping[str, type],
        required: tuple[str, ...],
    ) -> None:
        """Check that keys are there, have their types, and are not nearly another key."""
        for name in required:
            if name not in value:
                self._add("structure", path, f"{name} is required, and missing")
        for name, item in value.items():
            expected = types.get(name)
            if expected is not None:
                if not isinstance(item, expected) and not _is_function(item):
                    self._add("structure", (*path, name), f"expected {_NAMES[expected]}")
            elif hint := did_you_mean(name, [each for each in types if each not in value]):
                self._add("structure", (*path, name), f"no key {name!r}{hint}", of_key=True)

    def _check_name(self, name: object, path: Location) -> None:
        if isinstance(name, str) and not _STEP_NAME.fullmatch(name):
            text = "expected 1 to 64 letters, digits, hyphens and underscores"
            self._add("structure", path, text)

    def _objects(self, value: object, path: Location) -> Iterator[tuple[Location, dict[str, Any]]]:
        """Yield the objects of a list, and report its other items."""
        if not isinstance(value, list):
            return
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield (*path, index), item
            else:
                self._add("structure", (*path, index), "expected an object")

    def _unique(self, value: object, path: Location, key: str) -> set[str]:
        """Return the names of the objects of a list, and report those that are there twice."""
        names: set[str] = set()
        for place, item in self._objects(value, path):
            name = item.get(key)
            if not isinstance(name, str):
                self._add("structure", place, f"{key} is required, a string")
            elif name in names:
                self._add("names", (*place, key), f"{name!r} is there twice")
            else:
                names.add(name)
        return names

    # --- parameters ------------------------------------------------------------------------------

    def _read_parameters(self) -> None:
        parameters = self._value.get("Parameters")
        path: Location = ("Parameters",)
        self._unique(parameters, path, "Name")
        for index, item in enumerate(_items(parameters)):
            if not isinstance(item, dict):
                continue
            place = (*path, index)
            self._keys(item, place, _PARAMETER, ())
            self._check_name(item.get("Name"), (*place, "Name"))
            if isinstance(item.get("Name"), str):
                self._parameters.setdefault(item["Name"], item)
            stated = item.get("Type", "String")
            types = _PARAMETER_TYPES.get(stated) if isinstance(stated, str) else None
            if types is None:
                if isinstance(stated, str):
                    hint = did_you_mean(stated, _PARAMETER_TYPES)
                    self._add("structure", (*place, "Type"), f"no type {stated!r}{hint}")
                continue
            self._check_default(item, place, types)

    def _check_default(
        self, parameter: Mapping[str, Any], path: Location, types: tuple[type, ...]
    ) -> None:
        if "DefaultValue" not in parameter:
            return
        default = parameter["DefaultValue"]
        if not isinstance(default, types) or (isinstance(default, bool) and bool not in types):
            text = f"expected a value of the type {parameter.get('Type', 'String')}"
            self._add("structure", (*path, "DefaultValue"), text)
        values = parameter.get("EnumValues")
        if isinstance(values, list) and default not in values:
            self._add("structure", (*path, "DefaultValue"), "expected one of EnumValues")

    # --- steps -----------------------------------------------------------------------------------

    def _read_steps(self, steps: object, path: Location, around: str | None, depth: int) -> None:
        """Collect the steps of a list, and those inside of conditions."""
        for place, value in self._objects(steps, path):
            step = _Step(value, place)
            self._all.append(step)
            if around is not None:
                step.needs.add(around)
            name = value.get("Name")
            self._check_name(name, (*place, "Name"))
            if isinstance(name, str):
                if name in self._steps:
                    self._add("names", (*place, "Name"), f"{name!r} is there twice")
                self._steps.setdefault(name, step)
            arguments = value.get("Arguments")
            if value.get("Type") == "Condition" and isinstance(arguments, dict):
                for key in ("IfSteps", "ElseSteps"):
                    inner = (*place, "Arguments", key)
                    if depth < _MAX_DEPTH:
                        self._read_steps(arguments.get(key), inner, name, depth + 1)

    def _check_step(self, step: _Step) -> None:
        value, path = step.value, step.path
        stated = value.get("Type")
        kind = stated if isinstance(stated, str) else ""
        required = _REQUIRED.get(kind, ())
        if kind in _JOBS or kind in {"Condition", "EMR"}:
            required = ("Arguments", *required)
        self._keys(value, path, _STEP, ("Name", "Type", *required))
        hint = did_you_mean(kind, _TYPES)
        if kind not in _TYPES and hint:  # without one, it may be a newer type
            self._add("structure", (*path, "Type"), f"no type of step {kind!r}{hint}")
        checks = _CHECK_TYPES.get(kind)
        check = value.get("CheckType")
        if checks and isinstance(check, str) and check not in checks:
            self._add("structure", (*path, "CheckType"), f"expected {' or '.join(sorted(checks))}")
        self._check_lists(step)
        arguments = value.get("Arguments")
        if kind == "Condition" and isinstance(arguments, dict):
            self._check_conditions(arguments, (*path, "Arguments"))
        for key, item in value.items():
            if key == "Arguments" and kind == "Condition" and isinstance(item, dict):
                conditions = item.get("Conditions")
                self._functions(conditions, (*path, key, "Conditions"), step)
            elif key != "DependsOn":
                self._functions(item, (*path, key), step)
        if kind in _JOBS and isinstance(arguments, dict) and not _is_function(arguments):
            self._check_arguments(step, _JOBS[kind], arguments)

    def _check_lists(self, step: _Step) -> None:
        """Check the parts of a step that every type of step may have."""
        value, path = step.value, step.path
        self._unique(value.get("PropertyFiles"), (*path, "PropertyFiles"), "PropertyFileName")
        self._unique(value.get("OutputParameters"), (*path, "OutputParameters"), "OutputName")
        if isinstance(value.get("CacheConfig"), dict):
            self._keys(value["CacheConfig"], (*path, "CacheConfig"), _CACHE, ())
        retries = (*path, "RetryPolicies")
        for place, policy in self._objects(value.get("RetryPolicies"), retries):
            self._keys(policy, place, _RETRY, ("ExceptionType",))
        depends = value.get("DependsOn")
        for index, name in enumerate(_items(depends)):
            if isinstance(name, str):
                self._needs(step, name, (*path, "DependsOn", index))

    def _check_conditions(self, arguments: Mapping[str, Any], path: Location) -> None:
        types = {"Conditions": list, "ElseSteps": list, "IfSteps": list}
        self._keys(arguments, path, types, ("Conditions",))
        self._check_each_condition(arguments.get("Conditions"), (*path, "Conditions"), 0)

    def _check_each_condition(self, conditions: object, path: Location, depth: int) -> None:
        for place, condition in self._objects(conditions, path):
            kind = condition.get("Type")
            keys = _CONDITIONS.get(kind) if isinstance(kind, str) else None
            if keys is None:
                hint = did_you_mean(str(kind), _CONDITIONS)
                self._add("structure", (*place, "Type"), f"no type of condition {kind!r}{hint}")
                continue
            for key in keys:
                if key not in condition and _OTHER_NAMES.get(key) not in condition:
                    self._add("structure", place, f"{key} is required, and missing")
            if kind == "Or" and depth < _MAX_DEPTH:
                inner = (*place, "Conditions")
                self._check_each_condition(condition.get("Conditions"), inner, depth + 1)
            elif kind == "Not" and isinstance(condition.get("Condition"), dict):
                start = len(self._problems)
                self._check_each_condition([condition["Condition"]], (*place, "Condition"), depth)
                for number in range(start, len(self._problems)):  # there is no list around it
                    problem = self._problems[number]
                    shorter = problem.path[: len(place) + 1] + problem.path[len(place) + 2 :]
                    self._problems[number] = replace(problem, path=shorter)

    def _check_arguments(
        self,
        step: _Step,
        job: tuple[str, str, tuple[str, ...]],
        arguments: Mapping[str, Any],
    ) -> None:
        """Check the arguments of a step as the request that they are."""
        request: Any = find_shape(PACKAGE, job[0])
        value = {job[1]: Unknown(), **_without_functions(arguments, self._parameters)}
        try:
            partial_validator(request).validate_python(
                value, context=JSON_CONTEXT, by_alias=True, by_name=False
            )
        except ValidationError as error:
            certain = [*map(repeat, filter(is_certain, error.errors(include_url=False)))]
            refused = ValidationError.from_exception_data(error.title, certain)
            explained = messages.explain(request, refused, documented=True)
            for raw, details in zip(
                refused.errors(include_url=False),
                explained.errors(include_url=False),
                strict=True,
            ):
                text = str(details.get("ctx", {}).get("problem", details["msg"]))
                loc = tuple(part for part in raw["loc"] if part != "[key]")
                documented = tuple(located.documented for located in locate(request, loc))
                if details["type"] == "missing":
                    text, documented = f"{documented[-1]} is required, and missing", documented[:-1]
                place = (*step.path, "Arguments", *documented)
                unknown = details["type"] == "extra_forbidden"
                self._add("arguments", place, text, of_key=unknown)

    # --- functions and references ----------------------------------------------------------------

    def _functions(self, value: object, path: Location, step: _Step | None) -> None:
        """Check the functions inside of a value, and note what a step refers to."""
        if len(path) > _MAX_DEPTH:
            return
        if isinstance(value, list):
            for index, item in enumerate(value):
                self._functions(item, (*path, index), step)
        elif isinstance(value, dict):
            if _is_function(value):
                ((name, argument),) = value.items()
                self._function(name, argument, (*path, name), step)
            for key, item in value.items():
                self._functions(item, (*path, key), step)

    def _function(self, name: str, argument: Any, path: Location, step: _Step | None) -> None:
        if name == "Get":
            if isinstance(argument, str):
                self._reference(argument, path, step)
            else:
                self._add("structure", path, "expected a string")
        elif name == "Std:Join":
            self._needs_keys(argument, path, {"On": str, "Values": list}, ("Values",))
        elif name == "Std:JsonGet":
            self._needs_keys(argument, path, {"Path": str}, ("Path",))
            if isinstance(argument, dict) and not {"PropertyFile", "S3Uri"} & argument.keys():
                self._add("structure", path, "PropertyFile or S3Uri is required, and missing")
        elif hint := did_you_mean(name, ["Std:Join", "Std:JsonGet"]):
            self._add("structure", path, f"no function {name!r}{hint}")

    def _needs_keys(
        self,
        value: object,
        path: Location,
        types: Mapping[str, type],
        required: tuple[str, ...],
    ) -> None:
        if isinstance(value, dict):
            self._keys(value, path, types, required)
        else:
            self._add("structure", path, "expected an object")

    def _reference(self, text: str, path: Location, step: _Step | None) -> None:
        root, _, rest = text.partition(".")
        if root == "Parameters":
            self._used.add(rest)
            self._listed("parameter", rest, self._parameters, path)
        elif root == "Steps":
            name, _, properties = rest.partition(".")
            if self._needs(step, name, path):
                self._check_property(self._steps[name].value, name, properties, path)
        elif root == "Execution":
            if rest not in _EXECUTION and (hint := did_you_mean(rest, _EXECUTION)):
                self._add("references", path, f"no variable of the execution {rest!r}{hint}")
        elif root == "PipelineExperimentConfig":
            self._listed("member of PipelineExperimentConfig", rest, _EXPERIMENT, path)
        else:
            roots = ("Execution", "Parameters", "PipelineExperimentConfig", "Steps")
            self._add("references", path, f"nothing is named {text!r}{did_you_mean(root, roots)}")

    def _listed(
        self, kind: str, name: str, known: Mapping[str, Any] | frozenset[str], path: Location
    ) -> None:
        if name not in known:
            self._add("references", path, f"there is no {kind} {name!r}{did_you_mean(name, known)}")

    def _needs(self, step: _Step | None, name: str, path: Location) -> bool:
        """Note that a step runs after another one; return whether there is that step."""
        if name not in self._steps:
            hint = did_you_mean(name, self._steps)
            self._add("references", path, f"there is no step {name!r}{hint}")
            return False
        if step is not None:
            step.needs.add(name)
        return True

    def _check_property(
        self, step: Mapping[str, Any], name: str, properties: str, path: Location
    ) -> None:
        """Check the part of a reference after the name of a step."""
        parts = list(_PROPERTY.finditer(properties))
        first = parts[0].group(1) if parts else ""
        key = {"OutputParameters": "OutputName", "PropertyFiles": "PropertyFileName"}.get(first)
        if key is not None and len(parts) > 1:
            wanted = parts[1].group(0).strip(".[]'\"")
            declared = [item.get(key) for item in step.get(first) or () if isinstance(item, dict)]
            names = frozenset(each for each in declared if isinstance(each, str))
            self._listed(f"{first} of {name!r} named", wanted, names, path)
            return
        responses = _JOBS.get(str(step.get("Type")), ("", "", ()))[2]
        unknown = [_unknown_member(response, parts) for response in responses]
        if unknown and all(unknown):
            shape, member = unknown[0] or ("", "")
            members = find_shape(PACKAGE, shape).__members__.values()
            hint = did_you_mean(member, [each.documented for each in members])
            if step.get("Type") != "AutoML" or hint:
                text = f"{shape} has no member {member!r}{hint}"
                self._add("references", path, text)

    # --- cycles ----------------------------------------------------------------------------------

    def _check_cycles(self) -> None:
        finished: set[str] = set()
        for start in self._steps:
            cycle = self._cycle_from(start, finished)
            if cycle:
                path = (*self._steps[cycle[0]].path, "Name")
                self._add("cycles", path, f"steps wait for each other: {' -> '.join(cycle)}")

    def _cycle_from(self, start: str, finished: set[str]) -> list[str]:
        """Return the steps of a cycle that can be reached from a step."""
        trail: list[str] = []
        waiting: list[tuple[str, Iterator[str]]] = []

        def enter(name: str) -> None:
            trail.append(name)
            waiting.append((name, iter(sorted(self._steps[name].needs))))

        if start not in finished:
            enter(start)
        while waiting:
            name, needs = waiting[-1]
            following = next(needs, None)
            if following is None:
                waiting.pop()
                trail.pop()
                finished.add(name)
            elif following in trail:
                finished.update(trail)
                return [*trail[trail.index(following) :], following]
            elif following not in finished:
                enter(following)
        return []


def _items(value: Any) -> list[Any]:
    """Return a list; an empty one in place of another value."""
    return value if isinstance(value, list) else []


def _is_function(value: object) -> bool:
    if not isinstance(value, dict) or len(value) != 1:
        return False
    name = next(iter(value))
    return isinstance(name, str) and _FUNCTION.fullmatch(name) is not None


def _without_functions(value: Any, parameters: Mapping[str, Mapping[str, Any]]) -> Any:
    """Return arguments with an unknown value for each function."""
    if isinstance(value, list):
        return [_without_functions(item, parameters) for item in value]
    if not isinstance(value, dict):
        return value
    if not _is_function(value):
        return {key: _without_functions(item, parameters) for key, item in value.items()}
    ((name, argument),) = value.items()
    if name == "Get" and isinstance(argument, str):
        parameter = parameters.get(argument.removeprefix("Parameters."), {})
        is_string = argument.startswith("Parameters.") and parameter.get("Type") == "String"
        return Unknown(str) if is_string else Unknown()
    return Unknown(str) if name == "Std:Join" else Unknown()


def _unknown_member(response: str, parts: list[re.Match[str]]) -> tuple[str, str] | None:
    """Return the first member on a way through a response that its shape lacks, with the shape."""
    shape: Any = find_shape(PACKAGE, response)
    for part in parts:
        name = part.group(1)
        if name is None:  # an item of a list or map
            continue
        if shape is None:
            return None
        pair = find_member(shape, name)
        if pair is None:
            return shape.__name__, name
        kind = innermost(pair[1].kind)
        shape = find_shape(PACKAGE, kind.name) if isinstance(kind, facts.Structure) else None
    return None
