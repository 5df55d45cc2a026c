"""Proper names of persons, places and organisations among GUM's entities, in the three kinds of Universal NER.

GUM marks whole phrases, named or not, one inside the other; Universal NER marks the proper nouns alone, without titles,
the outermost name only. So a name is here the stretch of proper nouns around the head of a phrase.
"""

import re

KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}
# Words that may stand between the proper nouns of one name.
LINKS = {"of", "the", "for", "'s", "’s", "-", "–", "&", "de", "la", "al", "on", "von", "van"}
TITLES = {"president", "mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr", "senator", "general", "minister", "secretary", "prof.",
          "professor", "governor", "vice", "sir", "judge", "captain", "colonel", "sgt.", "rev.", "king", "queen", "prince", "princess", "prime",
          "chancellor", "congressman", "mayor", "sen.", "rep.", "gov.", "gen.", "col.", "pope", "saint", "st."}


def phrases(notes):
    """(first word, word after the last, kind) of each entity that opens and closes in these words' `Entity` notes."""
    found, opened = [], {}
    for i, note in enumerate(notes):
        m = re.search(r"Entity=([^|]*)", note)
        for name, kind, closing in re.findall(r"\(([^-()]+)-([^-()]+)[^()]*(\)?)|", m[1]) if m else []:
            if name and closing:
                found.append((i, i + 1, kind))
            elif name:
                opened.setdefault(name, []).append((i, kind))
        for name in re.findall(r"(?<![(\w%.:,*/-])([\w]+)(?:\[[^\]]*\])?\)", re.sub(r"\([^()]*\)", " ", m[1])) if m else []:
            if opened.get(name):
                start, kind = opened[name].pop()
                found.append((start, i + 1, kind))
    return sorted(found)


def name_of(words, upos, heads, start, end, kind):
    """The stretch of proper nouns around the head of a phrase, or None."""
    def named(i):
        # "New" is an adjective to GUM, "United" a verb: within a name the capital letter counts.
        return i in inside and (upos[i] == "PROPN" or words[i][:1].isupper() and upos[i] in ("ADJ", "VERB", "NOUN", "NUM", "X"))
    inside = range(start, end)
    head = next((i for i in inside if heads[i] not in inside or heads[i] == i), None)
    if head is None or upos[head] != "PROPN":
        return None
    first = last = head
    grown = True
    while grown:
        grown = False
        for step in (-1, 1):
            edge = first if step < 0 else last
            near, far = edge + step, edge + 2 * step
            if named(near):
                edge = near
            elif named(far) and (words[near].lower() in LINKS or words[near] == "and" and kind == "organization"):
                edge = far
            else:
                continue
            first, last, grown = min(first, edge), max(last, edge), True
    while first <= last and words[first].lower() in TITLES:
        first += 1
    return (first, last + 1) if first <= last else None


def tags(words, upos, feats, heads, notes):
    """BIO tags of one sentence; `heads` are indices into it (of itself for a root). Peoples ("Saudis") are no persons."""
    out = ["O"] * len(words)
    named = {}
    for start, end, kind in phrases(notes):
        span = name_of(words, upos, heads, start, end, kind) if kind in KINDS else None
        # The innermost phrase of a name says what it is: what lies around it may be a thing named after it.
        if span and not (kind == "person" and "Number=Plur" in feats[span[1] - 1]):
            named[span] = KINDS[kind]
    for (first, last), kind in sorted(named.items(), key=lambda x: (x[0][0] - x[0][1], x[0])):
        if all(t == "O" for t in out[first:last]):
            out[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return out
