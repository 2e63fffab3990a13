"""``dicts``: the structures of requests as boto3 takes them, checked key by key."""

from __future__ import annotations

import keyword
from dataclasses import replace

from codegen.emit import docs, runtime
from codegen.emit.context import EmitContext, Field, fields
from codegen.emit.kinds import ModuleIndex
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import constant, docstring

DOC = "Typed dictionaries of the structures in requests, with documented names, for annotations."


def dicts(context: EmitContext) -> None:
    """Emit a ``TypedDict`` for every structure inside a request."""
    if not context.plan.nested:
        return
    names = scope(())
    lazy_getattr = names.use(*runtime.TYPED_DICTS_GETATTR)
    body = render("typed_dicts.py", lazy_getattr=lazy_getattr)
    context.module("dicts.py", body, names, doc=DOC)

    names = scope(f"{name}Dict" for name in context.plan.nested)
    body = "\n\n".join(_typed_dict(context, name, names) for name in context.plan.nested)
    context.module("dicts.pyi", body, names, doc=DOC)


def _typed_dict(context: EmitContext, name: str, names: Scope) -> str:
    index = replace(context.index, as_boto=True)
    cls = context.plan.classes[name]
    members = fields(context, cls)
    keys = [member.documented for member in members]
    as_call = any(keyword.iskeyword(key) for key in keys)  # no class has a field called "from"
    with names.inside(() if as_call else keys):
        entries = [
            {
                "name": member.documented,
                "key": constant(member.documented),
                "type": _entry(member, index, names),
            }
            for member in members
        ]
    return render(
        "dict.pyi",
        as_call=as_call,
        name=f"{name}Dict",
        constant_name=constant(f"{name}Dict"),
        base=names.use("typing_extensions", "TypedDict"),
        doc=docstring(docs.entry(cls), 0 if as_call else 4),
        entries=entries,
    )


def _entry(member: Field, index: ModuleIndex, names: Scope) -> str:
    accepted = member.kind.parameter(names, index)
    if member.required:
        return accepted
    return f"{names.use('typing_extensions', 'NotRequired')}[{accepted}]"
