"""What the help of a column gives as an example, the reader takes."""

import re

import pytest

from loaders.fields import Field, ValueKind
from loaders.model import ENTITIES
from loaders.schemes import scheme
from loaders.template.headings import heading

CONCEPTS = [
    (kind, field) for kind, entity in ENTITIES.items() for field in entity.fields if field.kind is ValueKind.CONCEPT
]
QUOTED = re.compile("[“„]([^“”]+)[”“]")


@pytest.mark.parametrize(("kind", "field"), CONCEPTS, ids=lambda part: getattr(part, "name", part))
def test_examples_of_a_concept_are_in_its_scheme(kind: str, field: Field) -> None:
    for text in heading(kind, field.name).help.values():
        examples = [part for quoted in QUOTED.findall(text) for part in quoted.split(";")]
        assert examples
        assert [part for part in examples if scheme(field.target).find(part) is None] == []
