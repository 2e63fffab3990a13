"""Open enums do what Python's enums do."""

from __future__ import annotations

import copy
import pickle
import types

import pytest

from sagemaker_typed import enums


def test_it_does_what_enums_do() -> None:
    status = enums.EndpointStatus
    member = status.IN_SERVICE
    assert status("InService") is status["IN_SERVICE"] is member
    assert [each.value for each in status].count("InService") == 1
    assert member in status
    assert len(status) == len(status.__members__)
    assert (member.name, member.value, member) == ("IN_SERVICE", "InService", "InService")
    assert pickle.loads(pickle.dumps(member)) is member
    assert copy.deepcopy(member) is member
    with pytest.raises(AttributeError):
        setattr(status, "IN_SERVICE", "other")  # noqa: B010  # a checker would refuse it
    with pytest.raises(TypeError):
        types.new_class("More", (status,))
