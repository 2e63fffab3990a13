"""``dicts``: what a request holds, as boto3 takes it, for checkers to look into key by key."""

from __future__ import annotations

import keyword
from dataclasses import replace

from codegen.emit import docs
from codegen.emit.context import CORE, Field, Package, fields
from codegen.emit.kinds import Homes
from codegen.emit.scope import Scope, scope
from codegen.emit.templates import render
from codegen.emit.text import constant, docstring

DOC = "What requests hold, as dictionaries with documented names: for annotations."


def dicts(made: Package) -> None:
    """A ``TypedDict`` for every structure inside of a request."""
    if not made.plan.nested:
        return
    names = scope(())
    attach = names.use(f"{CORE}.shapes.typed_dicts", "attach")
    body = render("typed_dicts.py", attach=attach)
    made.module("dicts.py", body, names, doc=DOC)

    names = scope(f"{name}Dict" for name in made.plan.nested)
    body = "\n\n".join(_typed_dict(made, name, names) for name in made.plan.nested)
    made.module("dicts.pyi", body, names, doc=DOC)


def _typed_dict(made: Package, name: str, names: Scope) -> str:
    homes = replace(made.homes, as_boto=True)
    one = made.plan.classes[name]
    members = fields(made, one)
    keys = [member.documented for member in members]
    as_call = any(keyword.iskeyword(key) for key in keys)  # no class has a field called "from"
    with names.inside(() if as_call else keys):
        entries = [
            {
                "name": member.documented,
                "key": constant(member.documented),
                "type": _entry(member, homes, names),
            }
            for member in members
        ]
    return render(
        "dict.pyi",
        as_call=as_call,
        name=f"{name}Dict",
        constant_name=constant(f"{name}Dict"),
        base=names.use("typing_extensions", "TypedDict"),
        doc=docstring(docs.entry(made.plan, one), 0 if as_call else 4),
        entries=entries,
    )


def _entry(member: Field, homes: Homes, names: Scope) -> str:
    given = member.kind.parameter(names, homes)
    if member.required:
        return given
    return f"{names.use('typing_extensions', 'NotRequired')}[{given}]"
