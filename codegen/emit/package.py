"""A generated package: the text of every file, before ruff formats it."""

from __future__ import annotations

from codegen.emit import docs, runtime
from codegen.emit.client import client
from codegen.emit.context import EmitContext, Target, emit_context
from codegen.emit.dicts import dicts
from codegen.emit.enums import enums
from codegen.emit.errors import errors
from codegen.emit.models import models
from codegen.emit.scope import scope
from codegen.emit.templates import render
from codegen.emit.text import call, constant, docstring
from codegen.model import ir, naming
from codegen.model.classes import plan


def package(service: ir.Service, target: Target) -> dict[str, str]:
    """The files of the package, by path inside the package."""
    context = emit_context(plan(service), target)
    models(context)
    enums(context)
    dicts(context)
    client(context)
    errors(context)
    _api_model(context)
    if not target.has_handwritten_init:
        _init(context)
    return dict(sorted(context.files.items()))


def _api_model(context: EmitContext) -> None:
    source = context.service.source
    names = scope(["API_MODEL"])
    version = constant(source.version if source.kind == "botocore" else "")
    if context.target.origin is not None:  # so that a new release changes one file, not eleven
        version = f"{names.use(*context.target.origin)}.botocore"
    keywords = {
        "service": context.service.name,
        "api_version": context.service.api_version,
        "sha256": source.sha256,
        "documentation": docs.pages(context.service),
    }
    text = call(names.use(*runtime.API_MODEL), [f"botocore={version}"], keywords)
    doc = f"The service model that this package was generated from{_origin(source)}."
    body = render("api_model.py", call=text, doc=docstring([doc], 0))
    context.module("_api_model.py", body, names, doc="The origin of the generated code.")


def _origin(source: ir.Source) -> str:
    """The document that the facts come from; a field states the release of botocore."""
    origins = {
        "botocore": "",
        "service-model": ": a service model",
        "api-changes": f": the API-changes page of {source.version}",
        "r-reference": ": an R reference page",
    }
    return origins[source.kind]


def _init(context: EmitContext) -> None:
    client = naming.client_name(context.service.service_id)
    doc = f"A typed client of {context.service.full_name}."
    names = scope(())
    lazy_getattr = names.use(*runtime.LAZY_GETATTR)
    index = {"API_MODEL": "_api_model", client: "client"}
    entries = ", ".join(f"{constant(n)}: {constant(m)}" for n, m in index.items())
    submodules = (*(["dicts"] if context.plan.nested else []), "enums", "errors", "models")
    modules = constant(submodules)
    body = f"__getattr__, __dir__ = {lazy_getattr}(__name__, {{{entries}}}, modules={modules})"
    context.module("__init__.py", body, names, doc=doc)
    lines = [f"from {context.name}.{module} import {n} as {n}" for n, module in index.items()]
    more = [f"from . import {name} as {name}" for name in submodules]
    context.module("__init__.pyi", "", scope(()), doc=doc, imports=[*lines, *more])
    context.files["py.typed"] = ""
