"""An account with endpoints, configurations, models and components, played over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.service import Body, Fault, RecordedRequest, Reply, ScriptedService

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
KINDS = {
    "Model": "model",
    "EndpointConfig": "endpoint configuration",
    "Endpoint": "endpoint",
    "InferenceComponent": "inference component",
}


class Account:
    """The resources that were created and not deleted; ``looks`` are the statuses to come."""

    def __init__(self, service: ScriptedService) -> None:
        self.service = service
        self.has: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in KINDS}
        self.updating = ["Updating", "InService"]
        self.creating = ["Creating", "InService"]
        self.rolls_back = False
        self.log: list[str] = []
        """The changes that were asked for, such as ``CreateModel churn``."""
        self.faults: dict[str, Fault] = {}
        for kind in KINDS:
            for verb in ("Create", "Delete", "Describe", "Update"):
                service.script(f"{verb}{kind}", self.reply)
            service.script(f"List{kind}s", self._list(kind))

    def names(self) -> list[str]:
        return [f"{kind} {name}" for kind, known in self.has.items() for name in known]

    def reply(self, request: RecordedRequest) -> Reply:
        verb, kind = next(
            (verb, request.operation.removeprefix(verb))
            for verb in ("Create", "Delete", "Describe", "Update")
            if request.operation.startswith(verb)
        )
        name = request.body[f"{kind}Name"]
        if verb == "Describe":
            return self._describe(kind, name)
        fault = self.faults.get(f"{request.operation} {name}")
        if fault is not None:
            return fault
        self.log.append(f"{request.operation} {name}")
        known = self.has[kind]
        if verb == "Create":
            if name in known:
                return Fault("ValidationException", f"Cannot create already existing {kind} {name}")
            known[name] = {**request.body, "looks": list(self.creating)}
        elif name not in known:
            return self._missing(kind, name)
        elif verb == "Delete":
            known[name]["looks"] = ["Deleting", None]
            if kind in ("Model", "EndpointConfig"):
                del known[name]
        else:
            self._update(known[name], request.body)
        return Body({f"{kind}Arn": f"{ARN}:{kind.lower()}/{name}"})

    def _update(self, resource: dict[str, Any], wanted: dict[str, Any]) -> None:
        looks = list(self.updating)
        if not self.rolls_back:
            looks[-1:] = [(looks[-1], wanted)]
        resource["looks"] = looks
        resource["pending"] = wanted

    def _describe(self, kind: str, name: str) -> Reply:
        resource = self.has[kind].get(name)
        if resource is None:
            return self._missing(kind, name)
        shown = dict(resource)
        looks = shown.pop("looks")
        pending = shown.pop("pending", None)
        look = looks.pop(0) if len(looks) > 1 else looks[0]
        if look is None:
            del self.has[kind][name]
            return self._missing(kind, name)
        if isinstance(look, tuple):
            look, wanted = look
            resource.update(wanted)
            resource["looks"] = [look]
            resource.pop("pending", None)
            shown.update(wanted)
        elif look == "Updating" and pending and kind == "Endpoint":
            shown["PendingDeploymentSummary"] = {
                "EndpointConfigName": pending["EndpointConfigName"]
            }
        if kind in ("Endpoint", "InferenceComponent"):
            shown[f"{kind}Status"] = look
        if kind == "InferenceComponent" and "RuntimeConfig" in shown:
            count = shown["RuntimeConfig"]["CopyCount"]
            shown["RuntimeConfig"] = {"DesiredCopyCount": count, "CurrentCopyCount": count}
        return Body({**shown, f"{kind}Arn": f"{ARN}:{kind.lower()}/{name}"})

    def _missing(self, kind: str, name: str) -> Fault:
        return Fault(
            "ValidationException",
            f'Could not find {KINDS[kind]} "{ARN}:{kind.lower()}/{name}".',
        )

    def _list(self, kind: str) -> Callable[[RecordedRequest], Reply]:
        def reply(request: RecordedRequest) -> Reply:
            fault = self.faults.get(request.operation)
            if fault is not None:
                return fault
            part = request.body.get("NameContains", "")
            endpoint = request.body.get("EndpointNameEquals")
            items = [
                {f"{kind}Name": name, "EndpointName": resource.get("EndpointName", name)}
                for name, resource in self.has[kind].items()
                if part in name and endpoint in (None, resource.get("EndpointName"))
            ]
            return Body({f"{kind}s": items})

        return reply
