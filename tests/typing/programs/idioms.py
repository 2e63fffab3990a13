"""Shapes passed where a library takes Pydantic models: right and wrong uses."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, create_model
from pydantic.json_schema import models_json_schema

from sagemaker_typed import Request, Response, SageMakerClient, Shape
from sagemaker_typed.models import (
    DescribeEndpointRequest,
    DescribeEndpointResponse,
    ProductionVariant,
    Tag,
)

M = TypeVar("M", bound=BaseModel)
client = SageMakerClient(region_name="eu-west-1")
tag = Tag(key="stage", value="test")
variant = ProductionVariant(variant_name="main", model_name="churn", initial_instance_count=1)


# 1. a model as a parameter
def stored(model: BaseModel) -> str:
    return model.model_dump_json()


stored(tag)
stored(client.describe_endpoint(endpoint_name="churn"))
stored("tag")  # wrong


# 2. a class of models
def parsed(kind: type[M], text: str) -> M:
    return kind.model_validate_json(text)


read: Tag = parsed(Tag, "{}")
other: ProductionVariant = parsed(Tag, "{}")  # wrong
parsed(dict, "{}")  # wrong


# 3. a list of models
def stored_all(models: list[BaseModel]) -> None: ...


stored_all([tag, variant])
stored_all([tag, "variant"])  # wrong

# 4. a model derived at run time
Wider = create_model("Wider", __base__=ProductionVariant)


# 5. a structured response of a language model, as instructor asks for it
class Completions:
    def create(self, *, response_model: type[M], messages: Sequence[str]) -> M:
        return response_model.model_validate({})


Completions().create(response_model=ProductionVariant, messages=[]).variant_name.upper()
Completions().create(response_model=ProductionVariant, messages=[]).variant  # wrong


# 6. a parser and a tool, as langchain has them
class Parser(Generic[M]):
    def __init__(self, *, pydantic_object: type[M]) -> None:
        self.model = pydantic_object

    def parse(self, text: str) -> M:
        return self.model.model_validate_json(text)


class Tool:
    def __init__(self, *, args_schema: type[BaseModel]) -> None:
        self.args_schema = args_schema


Parser(pydantic_object=Tag).parse("{}").key.upper()
Tool(args_schema=ProductionVariant)
Tool(args_schema=str)  # wrong


# 7. a factory, as polyfactory has them
class Factory(Generic[M]):
    __model__: type[M]

    @classmethod
    def build(cls) -> M:
        raise NotImplementedError


class TagFactory(Factory[Tag]):
    __model__ = Tag


TagFactory.build().key.upper()
TagFactory.build().name  # wrong

# 8. JSON schemas of several models
models_json_schema([(Tag, "validation"), (ProductionVariant, "serialization")])


# 9. a container of models
class Repository(Generic[M]):
    def add(self, model: M) -> None: ...
    def all(self) -> Iterable[M]:
        return []


tags = Repository[Tag]()
tags.add(tag)
tags.add(variant)  # wrong


# 10. a route, as FastAPI has them
class Route:
    def __init__(self, path: str, *, response_model: type[BaseModel] | None = None) -> None:
        self.path = path
        self.response_model = response_model


Route("/endpoint", response_model=DescribeEndpointResponse)
Route("/endpoint", response_model=tag)  # wrong


# a field of a model, and an adapter
class Plan(BaseModel):
    variant: ProductionVariant
    tags: list[Tag] = []


Plan(variant=variant, tags=[tag]).variant.variant_name.upper()
TypeAdapter(list[Tag]).validate_python([])[0].key.upper()
TypeAdapter(Tag).validate_python({}).name  # wrong


# a subclass has the constructor of its shape
class PricedVariant(ProductionVariant):
    def price(self) -> float:
        return 0.1 * (self.initial_instance_count or 1)


priced = PricedVariant(variant_name="main", instance_type="ml.m5.large")
stored(priced)
priced.price().real

# a value
print({tag: 1, variant: 2}, {tag, variant}, hash(tag))


# a class of shapes is hashable
@lru_cache
def fields_of(kind: type[BaseModel]) -> list[str]:
    return list(kind.model_fields)


fields_of(Tag)
tag.key = "other"  # wrong
variant.model_name = "other"  # wrong

# the bases
bases: list[type[BaseModel]] = [Shape, Response, Request]
client.send(DescribeEndpointRequest(endpoint_name="churn")).endpoint_arn.upper()
