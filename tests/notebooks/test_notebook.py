"""A notebook shows a shape as a table: escaped, without secrets, and only in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from sagemaker_typed import Shape
from sagemaker_typed.models import (
    ContainerDefinition,
    ListEndpointsResponse,
    OidcConfig,
    ProductionVariant,
    Tag,
    VpcConfig,
)


class Cells(HTMLParser):
    """Reads the text of each cell and heading, and checks that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def shown(shape: Shape) -> list[str]:
    """Return the texts of the table in order."""
    html: Any = shape
    cells = Cells()
    cells.feed(html._repr_html_())
    assert cells.open == []
    return cells.texts


def test_each_member_has_a_row() -> None:
    variant = ProductionVariant(variant_name="main", instance_type="ml.m5.large")
    expected = ["ProductionVariant", "variant_name", "main", "instance_type", "ml.m5.large"]
    assert shown(variant) == expected


def test_text_of_the_service_cannot_be_markup() -> None:
    tag = Tag.from_service({"Key": "<script>alert(1)</script>", "Value": "a & b"})
    assert shown(tag) == [
        "Tag",
        "key",
        "<script>alert(1)</script>",
        "value",
        "a & b",
    ]


def test_a_secret_is_hidden() -> None:
    config = OidcConfig.from_service({"ClientId": "a", "ClientSecret": "hunter2"})
    texts = shown(config)
    assert "hunter2" not in "".join(texts)
    assert "client_secret" in texts


def test_a_listing_is_a_table_with_a_row_for_each_item() -> None:
    page = ListEndpointsResponse.from_service(
        {
            "Endpoints": [
                {"EndpointName": "a", "EndpointStatus": "InService"},
                {"EndpointName": "b", "EndpointStatus": "Failed", "EndpointArn": "arn"},
            ]
        }
    )
    texts = shown(page)
    start = texts.index("endpoints") + 1
    columns = ["endpoint_name", "endpoint_status", "endpoint_arn"]
    assert sorted(texts[start : start + 3]) == sorted(columns)
    assert {"a", "InService", "b", "Failed", "arn"} <= set(texts)


def test_a_long_listing_names_the_rest() -> None:
    page = ListEndpointsResponse.from_service({"Endpoints": [{"EndpointName": "a"}] * 60})
    assert "and 10 more" in shown(page)


def test_lists_maps_and_shapes_inside_are_shown() -> None:
    container = ContainerDefinition(image="churn:1", environment={"LEVEL": "debug"})
    assert shown(container)[-2:] == ["LEVEL", "debug"]
    vpc = VpcConfig(security_group_ids=["sg-1", "sg-2"], subnets=["subnet-1"])
    assert {"sg-1", "sg-2", "subnet-1"} <= set(shown(vpc))


def test_a_kernel_sends_the_table_and_the_plain_text() -> None:
    client = pytest.importorskip("jupyter_client.manager", reason="a notebook, for developers")
    pytest.importorskip("ipykernel", reason="a notebook's kernel, for developers")
    manager, channels = client.start_new_kernel(kernel_name="python3")
    try:
        data: dict[str, str] = {}

        def receive(message: Any) -> None:
            if message["msg_type"] == "execute_result":
                data.update(message["content"]["data"])

        reply = channels.execute_interactive(
            "from sagemaker_typed.models import Tag\n"
            "Tag.from_service({'Key': 'stage', 'Value': '<b>'})",
            output_hook=receive,
            timeout=120,
        )
        assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)
    assert data["text/plain"] == "Tag(key='stage', value='<b>')"
    assert "<th>key</th>" in data["text/html"]
    assert "&lt;b&gt;" in data["text/html"]
