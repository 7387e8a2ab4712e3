"""What the Factbook calls things: topics, field labels of every edition, and the names of its entries.

All of it stands in tab-separated files in ``data/``. Each is read once, and not before it is needed.
``docs/vocabulary.md`` tells the rules they follow.

>>> topic_named("People and Society")
'Demographics'
>>> label_named("Telephones - main lines in use").field
'Telephones - fixed lines'
>>> country_named("Korea, North").alpha3
'PRK'
"""

from factparse.vocabulary.countries import (
    Codes,
    Country,
    Mention,
    codes_of,
    countries,
    country_at,
    country_named,
    find_countries,
    holds_a_name,
    prose_names,
)
from factparse.vocabulary.labels import (
    Field,
    Label,
    field_info,
    field_named,
    fields,
    label_as_printed,
    label_at,
    label_named,
    label_pattern,
    labels,
)
from factparse.vocabulary.titles import split_glued, split_title
from factparse.vocabulary.topics import TOPICS, topic_headings, topic_named

__all__ = [
    "TOPICS",
    "Codes",
    "Country",
    "Field",
    "Label",
    "Mention",
    "codes_of",
    "countries",
    "country_at",
    "country_named",
    "field_info",
    "field_named",
    "fields",
    "find_countries",
    "holds_a_name",
    "label_as_printed",
    "label_at",
    "label_named",
    "label_pattern",
    "labels",
    "prose_names",
    "split_glued",
    "split_title",
    "topic_headings",
    "topic_named",
]
