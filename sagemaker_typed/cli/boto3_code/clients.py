"""The expressions of a program that are boto3 clients of SageMaker, and the calls of their methods.

``analyse`` follows the program; nothing is imported or run. ``check`` and ``migrate`` share it.

```python
code = source_code.read(text)
analysis = clients.analyse(code)
for call in analysis.calls:
    code.span(call.node), call.method, call.kind, call.certain
analysis.meanings[code.span(expression)]  # a Client, Paginator, Waiter or Part of a response
```
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sagemaker_typed.cli.boto3_code.interpreter import interpret
from sagemaker_typed.cli.boto3_code.results import Call, Misuse, Results
from sagemaker_typed.cli.boto3_code.values import Client, Paginator, Part, Waiter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sagemaker_typed.cli.boto3_code.source_code import SourceCode, Span
    from sagemaker_typed.cli.boto3_code.values import Value

__all__ = ["Analysis", "Call", "Client", "Misuse", "Paginator", "Part", "Waiter", "analyse"]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The facts about one program."""

    calls: tuple[Call, ...]
    """The calls of operations, ``paginate`` and ``wait``, in the order in which they are followed.

    A call in a function is there once, with what is known wherever it is called from.
    """
    misuses: tuple[Misuse, ...]
    """The names that boto3 does not know."""
    meanings: Mapping[Span, Value]
    """The expressions that are a ``Client``, ``Paginator``, ``Waiter`` or ``Part``, by their place.

    A client is ``certain`` if the program shows that; otherwise only its name says so. The kind of
    a ``Part`` of a response is its fact, such as ``Structure("DescribeEndpointResponse")``. A place
    that has different values on different ways is left out.
    """


def analyse(code: SourceCode) -> Analysis:
    """Return the facts about a program."""
    results = Results()
    interpret(code.tree, results)
    meanings = {
        code.span(node): value
        for node, value in results.values.items()
        if isinstance(value, (Client, Paginator, Part, Waiter))
    }
    return Analysis(tuple(results.calls), tuple(results.misuses), meanings)
