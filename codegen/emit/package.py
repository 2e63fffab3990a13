"""A generated package: every file of it, as text that ruff has not formatted yet."""

from __future__ import annotations

from codegen.emit.client import client
from codegen.emit.context import CORE, Package, Target, header
from codegen.emit.dicts import dicts
from codegen.emit.enums import enums
from codegen.emit.errors import errors
from codegen.emit.kinds import Homes
from codegen.emit.models import models
from codegen.emit.scope import scope
from codegen.emit.templates import render
from codegen.emit.text import call, constant
from codegen.model import ir, naming
from codegen.model.classes import plan
from codegen.model.layout import layout
from codegen.model.resources import resources


def package(service: ir.Service, target: Target) -> dict[str, str]:
    """The files of the package, by path inside of it."""
    planned = plan(service)
    about = resources(service)
    laid_out = layout(planned, about.of)
    made = Package(
        target=target,
        plan=planned,
        layout=laid_out,
        homes=Homes(
            package=target.package,
            models=laid_out.models,
            enums=laid_out.enums,
            dicts=frozenset(planned.nested),
        ),
        header=header(service),
        related=about.related,
    )
    models(made)
    enums(made)
    dicts(made)
    client(made)
    errors(made)
    _api_model(made)
    if not target.own_init:
        _init(made)
    return dict(sorted(made.files.items()))


def _api_model(made: Package) -> None:
    source = made.service.source
    names = scope(["API_MODEL"])
    given = {
        "service": made.service.name,
        "api_version": made.service.api_version,
        "botocore": source.version if source.kind == "botocore" else "",
        "sha256": source.sha256,
    }
    text = call(names.use(f"{CORE}.api_model", "ApiModel"), given=given)
    body = render("api_model.py", call=text)
    made.module("_api_model.py", body, names, doc="The origin of the generated code.")


def _init(made: Package) -> None:
    client = naming.client_name(made.service.service_id)
    doc = f"A typed client of {made.service.full_name}."
    names = scope(())
    attach = names.use(f"{CORE}.lazy", "attach")
    index = {"API_MODEL": "_api_model", client: "client"}
    entries = ", ".join(f"{constant(n)}: {constant(m)}" for n, m in index.items())
    listed = (*(["dicts"] if made.plan.nested else []), "enums", "errors", "models")
    modules = constant(listed)
    body = f"__getattr__, __dir__ = {attach}(__name__, {{{entries}}}, modules={modules})"
    made.module("__init__.py", body, names, doc=doc)
    lines = [f"from {made.name}.{module} import {n} as {n}" for n, module in index.items()]
    more = [f"from . import {name} as {name}" for name in listed]
    made.module("__init__.pyi", "", scope(()), doc=doc, imports=[*lines, *more])
    made.files["py.typed"] = ""
