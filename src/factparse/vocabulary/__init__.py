"""The names that the Factbook uses: topics, field labels of every edition, and names of its entries.

They stand in tab-separated files in ``data/``. Each file is read once, when it is first needed.
``docs/vocabulary.md`` has the rules for these files.

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
    name_begins,
    prose_names,
    shared_words,
)
from factparse.vocabulary.labels import (
    Field,
    Label,
    field_info,
    field_named,
    fields,
    label_as_printed,
    label_at,
    label_begun,
    label_in_row,
    label_named,
    label_of_words,
    label_pattern,
    labels,
    unknown_label,
)
from factparse.vocabulary.titles import EDITION, split_glued, split_title, without_edition
from factparse.vocabulary.topics import TOPICS, topic_headings, topic_named
from factparse.vocabulary.writing import as_meant, misread

__all__ = [
    "EDITION",
    "TOPICS",
    "Codes",
    "Country",
    "Field",
    "Label",
    "Mention",
    "as_meant",
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
    "label_begun",
    "label_in_row",
    "label_named",
    "label_of_words",
    "label_pattern",
    "labels",
    "misread",
    "name_begins",
    "prose_names",
    "shared_words",
    "split_glued",
    "split_title",
    "topic_headings",
    "topic_named",
    "unknown_label",
    "without_edition",
]
