# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Field types shared by the records: slugs, partial dates, citations, vocabulary terms.

Every rule raises :class:`pydantic_core.PydanticCustomError` with a code of
:mod:`kb.messages`, so that the checker can say it in Italian or in English.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    HttpUrl,
    PlainSerializer,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
#: Three digits after a point.
THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
#: No figure here is larger: a thousand billion euro.
LARGEST = 10**12
_URL = TypeAdapter(HttpUrl)


def first_day(text: str) -> date:
    """Return the first day that the partial date *text* (year, year-month or day) may mean.

    Raises :class:`ValueError` when no such day exists.
    """
    year, month, day = [int(part) for part in (text + "-01-01").split("-")[:3]]
    return date(year, month, day)


def _partial_date(text: str) -> str:
    try:
        if not PARTIAL_DATE.fullmatch(text):
            raise ValueError(text)
        first_day(text)
    except ValueError:
        raise PydanticCustomError("date", "date", {"found": text}) from None
    return text


def _past_date(text: str) -> str:
    if first_day(_partial_date(text)) > date.today():
        raise PydanticCustomError("date_future", "date_future", {"found": text})
    return text


def _day(text: str) -> str:
    if len(_partial_date(text)) != len("2026-01-31"):
        raise PydanticCustomError("day", "day", {"found": text})
    return text


def _past_day(text: str) -> str:
    return _past_date(_day(text))


def _url(text: str) -> str:
    try:
        _URL.validate_python(text)
    except ValidationError:
        raise PydanticCustomError("url", "url", {"found": text}) from None
    return text


def _listed(value: Any) -> Any:
    """Let an author write one citation without brackets: ``source: s1``."""
    return (value,) if isinstance(value, str) else value


@dataclass(frozen=True)
class InVocabulary:
    """Marks a text that must be the id of a term of the vocabulary *name*.

    The terms come with the validation context ``{"vocabularies": {name: ids}}``;
    without a context (a record read back from a build) nothing is looked up.
    """

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return AfterValidator(self._known).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"x-vocabulary": self.name}

    def _known(self, value: str, info: ValidationInfo) -> str:
        if info.context is None:
            return value
        terms: Mapping[str, Any] = info.context["vocabularies"][self.name]
        if value not in terms:
            near = near_miss(value, terms)
            raise PydanticCustomError(
                "vocabulary",
                "vocabulary",
                {"found": value, "vocabulary": self.name, "near": near, "known": sorted(terms)},
            )
        return value


def near_miss(value: str, known: Any) -> str:
    """Return the member of *known* most like *value*, or an empty text."""
    return next(iter(difflib.get_close_matches(value, list(known), n=1, cutoff=0.6)), "")


SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
SHORTEST_SLUG, LONGEST_SLUG = 2, 80
#: How texts of a fixed form are written, by the code of what is said when one is not.
PATTERNS = {
    "slug": f"^{SLUG}$",
    "email": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "source_code": r"^[a-z][a-z0-9-]*$",
    "link": r"^[a-z][a-z0-9-]* -> [a-z][a-z0-9-]*$",
    "istat": r"^\d{6}$",
    "ipa": r"^[a-z0-9_]+$",
    "nuts": r"^[A-Z]{2}[A-Z0-9]{0,3}$",
}
Slug = Annotated[
    str,
    StringConstraints(pattern=PATTERNS["slug"], min_length=SHORTEST_SLUG, max_length=LONGEST_SLUG),
]
Text = Annotated[str, StringConstraints(min_length=1)]
#: One paragraph of inline markdown, in which ``[^s1]`` cites the source ``s1``.
CitedText = Annotated[Text, Field(json_schema_extra={"x-cited": True})]
PartialDate = Annotated[
    str,
    AfterValidator(_partial_date),
    WithJsonSchema({"type": "string", "pattern": f"^{PARTIAL_DATE.pattern}$"}),
]
PastDate = Annotated[
    str,
    AfterValidator(_past_date),
    WithJsonSchema({"type": "string", "pattern": f"^{PARTIAL_DATE.pattern}$"}),
]
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
PastDay = Annotated[
    str, AfterValidator(_past_day), WithJsonSchema({"type": "string", "format": "date"})
]
Year = Annotated[int, Field(ge=1900, le=2100)]
Url = Annotated[str, AfterValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Email = Annotated[str, StringConstraints(pattern=PATTERNS["email"])]
SourceId = Annotated[str, StringConstraints(pattern=PATTERNS["source_code"])]
Link = Annotated[str, StringConstraints(pattern=PATTERNS["link"])]
Istat = Annotated[str, StringConstraints(pattern=PATTERNS["istat"])]
Ipa = Annotated[str, StringConstraints(pattern=PATTERNS["ipa"])]
Nuts = Annotated[str, StringConstraints(pattern=PATTERNS["nuts"])]


def _unambiguous(value: Any) -> Any:
    """Refuse what an Italian may mean as thousands and a program reads as thousandths."""
    if isinstance(value, str) and THOUSANDS.fullmatch(value.strip()):
        raise PydanticCustomError("thousands", "thousands", {"found": value})
    return value


_AsNumber = PlainSerializer(float, return_type=float, when_used="json")
Number = Annotated[
    Decimal,
    Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False),
    BeforeValidator(_unambiguous),
    _AsNumber,
]
Amount = Annotated[
    Decimal,
    Field(gt=0, le=LARGEST, allow_inf_nan=False),
    BeforeValidator(_unambiguous),
    _AsNumber,
]
#: Ids of the record's sources that support a fact; an author may write one without brackets.
Citations = Annotated[
    tuple[SourceId, ...],
    Field(min_length=1),
    BeforeValidator(_listed),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ],
            "x-citations": True,
        }
    ),
]

ThemeId = Annotated[Slug, InVocabulary("themes")]
AuthorityId = Annotated[Slug, InVocabulary("authorities")]
EventId = Annotated[Slug, InVocabulary("events")]
PracticeId = Annotated[Slug, InVocabulary("practices")]
ProblemId = Annotated[Slug, InVocabulary("problems")]
TargetGroupId = Annotated[Slug, InVocabulary("target-groups")]
InstrumentId = Annotated[Slug, InVocabulary("instruments")]
ProgrammeId = Annotated[Slug, InVocabulary("programmes")]
