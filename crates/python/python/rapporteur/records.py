"""The record of a story, as objects. The names are those of the JSON (docs/record.schema.json).

Every offset counts code points of the story's text, which is what Python counts: `story.text[start:end]` are the words.
What the text does not say is `None`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

Offsets = tuple[int, int]
"""First code point, and the one behind the last."""

_T = TypeVar("_T")
_Fields = dict[str, Any]


def _spans(spans: Iterable[Iterable[int]]) -> tuple[Offsets, ...]:
    return tuple(cast(Offsets, tuple(span)) for span in spans)


def _changed(fields: _Fields, **changes: Callable[[Any], Any]) -> _Fields:
    """The fields, with some of them made into what the objects have."""
    return {name: changes[name](value) if name in changes else value for name, value in fields.items()}


@dataclass(frozen=True)
class Stretch:
    """A stretch of the text: a sentence, or a mention of a place."""

    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """A marked stretch of the story."""

    kind: str
    """`headline`, `byline`, `date`, `section`, `dateline`, `subhead`, `body` or `boilerplate`."""
    start: int
    end: int


@dataclass(frozen=True)
class Story:
    """The story itself and how its text is laid out."""

    id: str
    """Hash of the text: the same text has the same id everywhere."""
    ref: str | None
    """The giver's own name for it."""
    url: str | None
    headline: str | None
    byline: str | None
    publisher: str | None
    """The outlet."""
    section: str | None
    language: str | None
    """ISO 639-1."""
    published: str | None
    """YYYY-MM-DD."""
    text: str
    """The text as it came, never rewritten."""
    parts: tuple[Part, ...]

    @classmethod
    def _of(cls, fields: _Fields) -> Story:
        return cls(**_changed(fields, parts=lambda parts: tuple(Part(**part) for part in parts)))


@dataclass(frozen=True)
class Mention:
    """Words that refer to an actor."""

    start: int
    end: int
    form: str
    """`named`, `nominal` or `pronominal`."""


@dataclass(frozen=True)
class Actor:
    """One person, state, organisation or group, with all its mentions in the story."""

    id: str
    """`a1`, `a2` … in order of first mention."""
    name: str
    """The fullest name in the story, or the state's English name."""
    kind: str
    """`person`, `state`, `organisation`, `group` or `place-as-state`."""
    code: str | None
    """CAMEO actor code on the story's day; `None` if not resolved."""
    country: str | None
    """ISO 3166-1 alpha-3."""
    roles: tuple[str, ...]
    """CAMEO role codes, the most specific last."""
    title: str | None
    """Office or description."""
    wikidata: str | None
    mentions: tuple[Mention, ...]
    """In the order of the text."""

    @classmethod
    def _of(cls, fields: _Fields) -> Actor:
        return cls(**_changed(fields, roles=tuple, mentions=lambda found: tuple(Mention(**m) for m in found)))


@dataclass(frozen=True)
class Place:
    """A place, resolved to the gazetteer where that could be done."""

    id: str
    name: str
    country: str | None
    """ISO 3166-1 alpha-3."""
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    why: str | None
    """Why there are no coordinates; `None` where there are."""
    mentions: tuple[Stretch, ...]

    @classmethod
    def _of(cls, fields: _Fields) -> Place:
        return cls(**_changed(fields, mentions=lambda found: tuple(Stretch(**m) for m in found)))


@dataclass(frozen=True)
class Timex:
    """A time expression (TIMEX3)."""

    start: int
    end: int
    type: str
    """`DATE`, `TIME`, `DURATION` or `SET`."""
    value: str | None
    """TIMEX3 value; `None` where it cannot be resolved."""

    @classmethod
    def _of(cls, fields: _Fields) -> Timex:
        return cls(**fields)


@dataclass(frozen=True)
class Quantity:
    """A number of people or things, or a sum."""

    start: int
    end: int
    value: float | None
    """`None` where only a size is told ("dozens"); of a range the lower end."""
    bound: str
    """`exactly`, `about`, `at_least`, `at_most`, `more_than`, `less_than` or `several`."""
    unit: str | None
    """The noun that is counted, in the singular; for money the currency."""
    what: str
    """`killed`, `injured`, `missing`, `displaced`, `arrested`, `troops`, `protesters`, `money`, `duration` or `other`."""
    to: float | None = None
    """The higher end of a range ("20 to 30"). Like `according_to`, records of the first versions do not have it."""
    according_to: str | None = None
    """Id of the claim that gives the figure; `None` where the story itself does."""

    @classmethod
    def _of(cls, fields: _Fields) -> Quantity:
        return cls(**fields)


@dataclass(frozen=True)
class ClaimSource:
    """Who a claim comes from."""

    actor: str | None
    """`None` where the words could not be brought to an actor."""
    spans: tuple[Offsets, ...]


@dataclass(frozen=True)
class Claim:
    """An attribution: who says what, by which words."""

    id: str
    """`c1`, `c2` … in order of cues."""
    source: ClaimSource | None
    """`None` when the text names none ("reportedly")."""
    cue: tuple[Offsets, ...]
    """Words that express the attribution."""
    content: tuple[Offsets, ...]
    """What is attributed; may be discontinuous and run over sentences."""
    manner: str
    """`direct`, `indirect` or `mixed`."""
    stance: str
    """`assert`, `deny`, `accuse`, `promise`, `threaten`, `demand`, `ask`, `acknowledge`, `doubt`, `believe`, `intend`."""
    addressee: str | None
    """The actor spoken to."""
    inside: str | None
    """The claim whose content this one is quoted in."""
    confidence: float
    """0 to 1."""

    @classmethod
    def _of(cls, fields: _Fields) -> Claim:
        def source(found: _Fields | None) -> ClaimSource | None:
            return found and ClaimSource(**_changed(found, spans=_spans))  # type: ignore[return-value]

        return cls(**_changed(fields, source=source, cue=_spans, content=_spans))


@dataclass(frozen=True)
class EventDate:
    """The time of an event. `first` and `last` are both `None` where it is not known, and `why` says why."""

    first: str | None
    """YYYY-MM-DD, YYYY-MM or YYYY."""
    last: str | None
    time: int | None
    """Index into the record's `times`."""
    why: str | None


@dataclass(frozen=True)
class Event:
    """One mention of a political event."""

    id: str
    """`e1`, `e2` … in the order of the text."""
    type: str
    """PLOVER type."""
    mode: str | None
    """PLOVER mode."""
    contexts: tuple[str, ...]
    """PLOVER contexts."""
    cameo: str | None
    """CAMEO code, as specific as type, mode and status allow. Text: `010` is not `10`."""
    goldstein: float | None
    """Goldstein weight of the CAMEO code, -10 to 10."""
    quad: str
    """`verbal cooperation`, `material cooperation`, `verbal conflict` or `material conflict`."""
    actor: tuple[str, ...]
    """Ids of the actors who did it."""
    recipient: tuple[str, ...]
    """Ids of the actors to whom it was done."""
    trigger: tuple[Offsets, ...]
    """The words that express it."""
    sentence: int
    """Index into the record's `sentences`."""
    date: EventDate
    place: str | None
    """Id of the place."""
    status: str
    """`actual`, `planned`, `possible`, `negated`, `claimed` or `denied`."""
    according_to: str | None
    """Id of the claim when someone in the story says it; `None` when the story itself does."""
    quantities: tuple[int, ...]
    """Indices into the record's `quantities`."""
    issues: tuple[str, ...]
    """Ids of issues."""
    rule: str
    """Heads and rules that decided type and status, joined by `+`."""
    confidence: float
    """0 to 1."""

    @classmethod
    def _of(cls, fields: _Fields) -> Event:
        return cls(
            **_changed(
                fields,
                contexts=tuple,
                actor=tuple,
                recipient=tuple,
                trigger=_spans,
                date=lambda date: EventDate(**date),
                quantities=tuple,
                issues=tuple,
            )
        )


@dataclass(frozen=True)
class Issue:
    """A matter on which parties take positions."""

    id: str
    name: str
    mentions: tuple[Offsets, ...]

    @classmethod
    def _of(cls, fields: _Fields) -> Issue:
        return cls(**_changed(fields, mentions=_spans))


@dataclass(frozen=True)
class Position:
    """Where one actor stands on an issue (`actor`, `stance`), or how several stand to each other (`actors`, `relation`)."""

    issue: str
    claims: tuple[str, ...]
    evidence: tuple[Offsets, ...]
    """The words that say so."""
    actor: str | None = None
    actors: tuple[str, ...] = ()
    stance: str | None = None
    """`for`, `against` or `neutral`."""
    relation: str | None = None
    """`agree` or `disagree`."""

    @classmethod
    def _of(cls, fields: _Fields) -> Position:
        return cls(**_changed(fields, claims=tuple, actors=tuple, evidence=_spans))


@dataclass(frozen=True)
class Problem:
    """What could not be read as it should."""

    kind: str
    """Short stable name, such as `not_english`."""
    start: int | None
    end: int | None
    message: str
    """One sentence for a person."""

    @classmethod
    def _of(cls, fields: _Fields) -> Problem:
        return cls(**fields)


@dataclass(frozen=True)
class Provenance:
    """What made the record."""

    program: str
    model: str
    """`sha256:` and the digest of the weights."""
    lexicon: str


class Record:
    """Everything read from one story.

    The JSON is kept as it was written, and the objects are made when they are asked for.
    """

    __slots__ = ("_fields", "_json", "_made")

    def __init__(self, json: str) -> None:
        """Takes the JSON of a record, as `rapporteur read --format jsonl` writes it."""
        if not isinstance(json, str):
            raise TypeError(f"argument 'json': must be a str, not {type(json).__name__}")
        self._json = json
        self._fields: _Fields | None = None
        self._made: dict[str, Any] = {}

    def to_json(self) -> str:
        """The JSON, byte for byte as the program writes it."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts and lists, made anew each time: the caller may change it."""
        return cast(_Fields, json.loads(self._json))

    def _raw(self, name: str) -> Any:
        if self._fields is None:
            self._fields = self.to_dict()
        return self._fields[name]

    def _list(self, name: str, make: Callable[[_Fields], _T]) -> tuple[_T, ...]:
        if name not in self._made:
            self._made[name] = tuple(make(fields) for fields in self._raw(name))
        return cast(tuple[_T, ...], self._made[name])

    @property
    def schema(self) -> int:
        """Version of the contract."""
        return cast(int, self._raw("schema"))

    @property
    def story(self) -> Story:
        """The story itself."""
        if "story" not in self._made:
            self._made["story"] = Story._of(self._raw("story"))
        return cast(Story, self._made["story"])

    @property
    def sentences(self) -> tuple[Stretch, ...]:
        """In the order of the text."""
        return self._list("sentences", lambda fields: Stretch(**fields))

    @property
    def actors(self) -> tuple[Actor, ...]:
        """In the order of first mention."""
        return self._list("actors", Actor._of)

    @property
    def places(self) -> tuple[Place, ...]:
        """In the order of first mention."""
        return self._list("places", Place._of)

    @property
    def times(self) -> tuple[Timex, ...]:
        """In the order of the text."""
        return self._list("times", Timex._of)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """In the order of the text."""
        return self._list("quantities", Quantity._of)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """In the order of their cues."""
        return self._list("claims", Claim._of)

    @property
    def events(self) -> tuple[Event, ...]:
        """In the order of the text."""
        return self._list("events", Event._of)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is argued about."""
        return self._list("issues", Issue._of)

    @property
    def positions(self) -> tuple[Position, ...]:
        """Who stands where."""
        return self._list("positions", Position._of)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read as it should."""
        return self._list("problems", Problem._of)

    @property
    def provenance(self) -> Provenance:
        """What made the record."""
        return Provenance(**self._raw("provenance"))

    def actor(self, id: str) -> Actor:
        """The actor with this id; `KeyError` where there is none."""
        return _named(self.actors, id)

    def claim(self, id: str) -> Claim:
        """The claim with this id; `KeyError` where there is none."""
        return _named(self.claims, id)

    def place(self, id: str) -> Place:
        """The place with this id; `KeyError` where there is none."""
        return _named(self.places, id)

    def words(self, spans: Iterable[Offsets]) -> str:
        """The words at these offsets, with blanks between stretches."""
        return " ".join(self.story.text[start:end] for start, end in spans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[type[Record], tuple[str]]:
        return Record, (self._json,)

    def __repr__(self) -> str:
        name = self.story.ref or self.story.id
        return f"<rapporteur.Record {name}: {len(self.events)} events, {len(self.claims)} claims>"


_Named = TypeVar("_Named", Actor, Claim, Place)


def _named(found: Iterable[_Named], id: str) -> _Named:
    for one in found:
        if one.id == id:
            return one
    raise KeyError(id)
