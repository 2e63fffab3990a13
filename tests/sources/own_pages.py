"""Small pages of our own writing, one a layout, that hold every construct the readers know."""

from __future__ import annotations

from typing import Final

INDENTED: Final = """\
Amazon Orchard Service

2031/04/05 - Amazon Orchard Service - 2 new 3 updated api methods

Changes  Trees can be watered.

PlantTree\N{NO-BREAK SPACE}(new) Link ¶

Puts a tree into the ground.

See also: the gardener

Request Syntax

client.plant_tree(
    Name='string',
    Kind='apple'|'pear',
    Age=123,
    Height=...,
    Wet=True|False,
    PlantedAt=datetime(2015, 1, 1),
    Photo=b'bytes',
    Notes={...}|[...]|123|123.4|'string'|True|None,
    Branches=[
        {
            'Leaves': [
                'green'|'red',
            ],
            'Twigs': [
                {'... recursive ...'},
            ]
        },
    ],
    Labels={
        'string': {
            'Text': 'string'
        }
    },
    Rows=[
        [
            'string',
        ],
    ],
    Spot={
        'Bed': 'string',
        'Pot': 123
    },
    Token='string'
)
type Name

string

param Name

[REQUIRED]

What it is called.

type Kind

string

param Kind

[REQUIRED]

What grows on it. One of:

  • apple: : round

  • pear: : not round (string) -- as it were

type Age

integer

param Age

In years.

type Height

float

param Height

In metres.

type Wet

boolean

param Wet

Whether it rains.

type PlantedAt

datetime

param PlantedAt

When.

type Photo

bytes

param Photo

How it looks.

type Notes

:ref:`document<document>`

param Notes

Anything.

type Branches

list

param Branches

What it has.

  • (dict) --

    One of them.

    • Leaves (list) -- [REQUIRED]

      Their colours.

      • (string) --

    • Twigs (list) --

      Smaller ones.

      • (dict) --

        The same again.

type Labels

dict

param Labels

What hangs on it.

  • (string) --

    • (dict) --

      • Text (string) -- [REQUIRED]

        What it says.

type Rows

list

param Rows

Rows of names.

  • (list) --

    • (string) --

type Spot

dict

param Spot

Where.

Note

This is a Tagged Union structure: one of two.

  • Bed (string) --

    In a bed.

  • Pot (integer) --

    In a pot of this number.

type Token

string

param Token

[REQUIRED]

So that it is planted once.

This field is autopopulated if not provided.

rtype

dict

returns

Response Syntax

{
    'TreeId': 'string',
    'Sap': StreamingBody(),
    'Growth': EventStream({
        'Grown': {
            'By': 123.0
        }
    })
}

Response Structure

  • (dict) --

    • TreeId (string) --

      Its number.

    • Sap (:class:`.StreamingBody`) --

      What runs in it.

    • Growth (:class:`.EventStream`) --

      How it grows.

      • Grown (dict) --

        It has grown.

        • By (float) --

          By how much.

FellTree (new) Link ¶

Request Syntax

client.fell_tree(
    TreeId='string',
    Saw=b'bytes'|file
)
type TreeId

string

param TreeId

[REQUIRED]

Which.

type Saw

bytes or seekable file-like object

param Saw

With what.

returns

None

WaterTree (updated) Link ¶
Changes (request, response)
Request {'Can': {'Litres': 'float'}}
Response {'Trees': {'State': {'dry', 'wet'}}}

Request Syntax

client.water_tree(
    Can={
        'Litres': 123.0
    }
)
type Can

dict

param Can

With what.

  • Litres (float) --

    How much.

rtype

dict

returns

Response Syntax

{
    'Trees': [
        {
            'State': 'dry'|'wet'|'gone'
        },
    ]
}

Response Structure

  • (dict) --

    • Trees (list) --

      All of them.

      • (dict) --

        One.

        • State (string) --

          How it is.

ListTrees (updated) Link ¶
Changes (both)
{'Filter': {'Form': 'ROUND | '
                    'FLAT'}}

Request Syntax

client.list_trees(
    Filter={
        'Form': 'ROUND'|'FLAT'
    }
)
type Filter

dict

param Filter

Which.

  • Form (string) --

    Of this form.

rtype

dict

returns

Response Syntax

{
    'Filter': {
        'Form': 'ROUND'|'FLAT'
    }
}

Response Structure

  • (dict) --

    • Filter (dict) --

      As asked for.

      • Form (string) --

        Of this form.

CountTrees (updated) Link ¶
Changes (response)
{'Counts': {'string': 'long'}, 'Names': ['string']}

Request Syntax

client.count_trees()
rtype

dict

returns

Response Syntax

{
    'Counts': {
        'string': 123
    },
    'Names': [
        'string',
    ]
}

Response Structure

  • (dict) --

    • Counts (dict) --

      By kind.

      • (string) --

        • (integer) --

    • Names (list) --

      Of all.

      • (string) --
"""

FLATTENED: Final = """\
2031/04/05 - Amazon Orchard Service - 1 new 2 updated api methods
Changes Trees can be watered.
{'Kind': {'pear'}, 'Spot': {'Row': 'integer'}}
Puts a tree into the ground. PlantTree is the first call of all.
See also: the gardener
Request Syntax
client.plant_tree( Name='string', Kind='apple'|'pear', \
Spot={ 'Bed': 'string', 'Row': 123 }, Tags={ 'string': 'string' } )
string
[REQUIRED]
What it is called.
string
What grows on it.
dict
[REQUIRED]
Where.
Bed (string) -- [REQUIRED]
In which bed.
Row (integer) --
In which row.
dict
What hangs on it.
(string) --
(string) --
dict
Response Syntax
{ 'TreeId': 'string' }
Response Structure
(dict) --
TreeId (string) --
Its number.
{'Trees': {'State': {'dry'}}}
Looks at a tree.
Request Syntax
client.describe_api_tree( TreeId='string' )
string
[REQUIRED]
Which.
dict
Response Syntax
{ 'Trees': [ { 'State': 'dry'|'wet' }, ] }
Response Structure
(dict) --
Trees (list) --
All.
(dict) --
One.
State (string) --
How it is.
Takes a tree away; see FellTree.
Request Syntax
client.fell_tree( TreeId='string' )
string
[REQUIRED]
Which.
None
"""

R: Final = """\
Plant Tree
orchard_plant_tree | R Documentation |
Puts a tree into the ground¶
Description¶
Puts a tree into the ground.
Usage¶
orchard_plant_tree(Name, Kind, Spot,
Labels, Photo, PlantedAt)
Arguments¶
Name
[required] What it is called; see
plant_tree
request.Kind
[required] What grows on it.
Spot
Where.
Labels
What hangs on it.
Photo
How it looks.
Value¶
A list with the following syntax:
Request syntax¶
svc$plant_tree(
Name = "string",
Kind = "apple"|"pear",
Spot = list(
Bed = "string",
Row = 123,
Depth = 123.0,
Wet = TRUE|FALSE,
Nothing = list()
),
Labels = list(
"string"
),
Photo = raw,
PlantedAt = as.POSIXct(
"2015-01-01"
)
)
"""
