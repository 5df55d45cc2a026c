"""Sentences of our own with known labels: predicates (phrases.tsv) in frames that fix status and roles.

They teach what the annotated stories have too little of: denied, negated and planned events, and rare types.
A frame is text with slots: `{A}` actor, `{B}` recipient (in the predicate's object), `{R}` reporter, and one of
`{base}`, `{past}`, `{participle}`, `{gerund}` for the trigger with its object behind it. `<TYPE mode word>` is a
second trigger of the frame itself, an act of R towards A.
"""

import pathlib
import random
import re

from documents import Document

HERE = pathlib.Path(__file__).resolve().parent

FRAMES = {
    "actual": ["{A} {past} .", "On Tuesday {A} {past} .", "{A} has {participle} , officials confirmed .", "{A} {past} last week .",
               "After months of tension , {A} {past} .", "{A} is {gerund} , for the second time this year ."],
    "negated": ["{A} did not {base} .", "{A} has not {participle} .", "{A} never {past} .", "{A} failed to {base} .",
                "{A} stopped short of {gerund} .", "Contrary to expectations , {A} has not yet {participle} .",
                "{A} left the summit without {gerund} ."],
    "denied": ["{A=R} denied {gerund} .", "{A=R} denies having {participle} .", "{R} denied that {A} had {participle} .",
               "{R} denies {A} has {participle} .", "{R} said it was false that {A} {past} .",
               "\" {A} never {past} , \" said {R} .", "{R} rejected reports that {A} {past} ."],
    "claimed": ["{R} claimed that {A} {past} .", "{R} claims {A} has {participle} .", "According to {R} , {A} {past} .",
                "{A} allegedly {past} .", "{A} reportedly {past} .", "{R} <ACCUSE:allege:accused> {A} of {gerund} .",
                "\" {A} {past} , \" {R} told reporters .", "{R} <ACCUSE:disapprove:blamed> {A} for {gerund} ."],
    "planned": ["{A} will {base} next month .", "{A} plans to {base} .", "{A} is scheduled to {base} on Friday .",
                "{A} is preparing to {base} .", "{A} announced plans to {base} .", "{A} intends to {base} , an aide said ."],
    "possible": ["{A} could {base} .", "{A} may {base} if the talks fail .", "If {A} {past} , the region would change .",
                 "{R} fears that {A} will {base} .", "{R} <REQUEST:change:urged> {A} to {base} .",
                 "{R} <REQUEST:yield:called on> {A} to {base} .", "{A} might {base} , analysts say .",
                 "It is unclear whether {A} {past} .", "{R} warned that {A} might {base} ."],
}
# A future cooperative act that is promised is AGREE by the codebook, so plans are told of hostile and neutral types only.
PLANNED = {"CONSULT", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "THREATEN"}

STATES = ["Russia", "France", "Iran", "China", "Turkey", "Kenya", "Brazil", "India", "Israel", "Ukraine", "Japan", "Sudan", "Egypt",
          "Mexico", "Pakistan", "Germany", "the United States", "Britain", "Nigeria", "Poland", "Beijing", "Moscow", "Washington"]
GROUPS = ["the government", "the rebels", "the army", "opposition leaders", "the police", "the United Nations", "the militants",
          "the president", "the prime minister", "parliament", "the European Union", "human rights groups", "the foreign ministry",
          "protesters", "a court", "the Taliban", "government forces", "students", "trade unions", "lawmakers", "journalists",
          "the Kurdish militia", "separatists", "aid workers", "security forces", "the Security Council", "villagers", "refugees"]
SPEAKERS = ["activists", "residents", "the opposition", "a rebel spokesman", "the report", "the defence minister", "witnesses",
            "a senior diplomat", "the interior ministry", "state television", "the governor", "a watchdog", "the rebels", "Kyiv", "Tehran"]
PEOPLE = ["Maria Okafor", "President Jan Lindqvist", "Foreign Minister Tomas Adeyemi", "General Farid Nazari", "Elena Petrescu",
          "Prime Minister Ana Duarte", "Colonel Ibrahim Sesay", "Chancellor Klara Vogt", "Senator Paul Whitcombe", "Li Wenhao"]


def predicates():
    """Rows of phrases.tsv."""
    for line in (HERE / "phrases.tsv").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            kind, mode, base, past, participle, gerund, obj = line.split("\t")
            yield kind, None if mode == "-" else mode, {"base": base, "past": past, "participle": participle, "gerund": gerund}, obj


def party(rng):
    return rng.choice(rng.choice([STATES, GROUPS, STATES, GROUPS, PEOPLE]))


def sentence(rng, kind, mode, forms, obj, status):
    """One Document of one sentence."""
    fill = {"A": party(rng), "B": party(rng), "R": rng.choice(SPEAKERS + PEOPLE + STATES)}
    words, marks, events, trigger = [], {}, [], None
    for piece in re.findall(r"\{[^}]+\}|<[^>]+>|\S+", rng.choice(FRAMES[status])):
        at = len(words)
        if piece[1:-1] in forms:
            verb = forms[piece[1:-1]].split()
            words += verb
            trigger = (at, len(words))
            for word in re.findall(r"\{B\}|\S+", obj):
                if word == "{B}":
                    marks["B"] = (len(words), len(words) + len(fill["B"].split()))
                    words += fill["B"].split()
                else:
                    words.append(word)
        elif piece.startswith("{"):
            names = piece[1:-1].split("=")
            words += fill[names[0]].split()
            marks.update({name: (at, len(words)) for name in names})
        elif piece.startswith("<"):
            own, own_mode, word = piece[1:-1].split(":")
            words += word.split()
            events.append([(at, len(words)), own, own_mode, "actual"])
        else:
            words.append(piece)
    words[0] = words[0][:1].upper() + words[0][1:]
    roles = {"actor": [marks["A"]], "recipient": [marks["B"]], "reporter": [marks["R"]] if "R" in marks else []}
    found = [(*e, {"actor": [marks["R"]], "recipient": [marks["A"]]}) for e in events] + [(trigger, kind, mode, status, roles)]
    return Document(words, [0], events=sorted(found, key=lambda e: e[0])), marks


def documents(seed=0, each=1):
    """`each` sentences for each predicate and status, as documents with events."""
    rng, out = random.Random(f"phrases/{seed}"), []
    for kind, mode, forms, obj in predicates():
        for status in FRAMES:
            if status != "planned" or kind in PLANNED:
                out += [sentence(rng, kind, mode, forms, obj, status)[0] for _ in range(each)]
    rng.shuffle(out)
    return [join(out[i:i + 4]) for i in range(0, len(out), 4)]


def join(sentences):
    """Sentences as one document."""
    d = Document([], [], events=[])
    for s in sentences:
        at = len(d.words)
        d.starts.append(at)
        d.words += s.words
        move = lambda r: (r[0] + at, r[1] + at)
        d.events += [(move(t), k, m, x, {role: [move(r) for r in rs] for role, rs in roles.items()}) for t, k, m, x, roles in s.events]
    return d


def pairs(seed=0, each=2):
    """`each` actual sentences for each predicate, as documents with a given pair."""
    rng, out = random.Random(f"pairs/{seed}"), []
    for kind, mode, forms, obj in predicates():
        for _ in range(each):
            d, marks = sentence(rng, kind, mode, forms, obj, rng.choice(["actual", "actual", "claimed", "planned"]))
            out.append(Document(d.words, [0], pair=(marks["A"], marks["B"], [kind])))
    return out
