"""Label inventories of all heads, and the small codes behind some of them."""

EVENT_TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
               "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
STATUSES = ["actual", "planned", "possible", "negated", "claimed", "denied"]
ROLES = ["actor", "recipient", "reporter", "place", "time"]
NAME_KINDS = ["Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc"]
SRL_ROLES = ["ARG0", "ARG1", "ARG2", "ARGM-LOC", "ARGM-TMP", "ARGM-NEG", "ARGM-MOD"]
MODES = {
    "CONSULT": ["visit", "third-party", "multilateral", "phone"],
    "RETREAT": ["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
    "REQUEST": ["assist", "change", "yield", "meet"],
    "REJECT": ["assist", "change", "yield", "meet"],
    "ACCUSE": ["disapprove", "investigate", "allege"],
    "THREATEN": ["restrict", "arrest", "relations", "expel", "territory", "violence"],
    "PROTEST": ["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
    "SANCTION": ["convict", "expel", "withdraw", "discontinue"],
    "MOBILIZE": ["troops", "weapons", "police", "militia"],
    "COERCE": ["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
               "misinformation", "cyber"],
    "ASSAULT": ["abduct", "beat", "torture", "execute", "sexual", "targeted", "destroy", "primitive", "firearms",
                "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"],
}
CONFLICT = {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"}
# The fifteen labels of the PLV set (Hu et al. 2024) in terms of PLOVER's sixteen types.
FOLD = {"YIELD": ["CONCEDE", "RETREAT"]}


def bio(kinds):
    """O, then B- and I- of each kind."""
    return ["O"] + [f"{side}-{kind}" for kind in kinds for side in "BI"]


FIXED = {
    "upos": ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
             "SCONJ", "SYM", "VERB", "X"],
    "names": bio(NAME_KINDS),
    "entities": bio(["PER", "ORG", "LOC"]),
    "cue": ["O", "B", "I"],
    "attribution": bio(["source", "content"]),
    "trigger": ["O"] + [f"B-{t}" for t in EVENT_TYPES] + ["I"],
    "mode": [f"{t}:{m}" for t in EVENT_TYPES for m in ["-"] + MODES.get(t, [])],
    "status": STATUSES,
    "factuality": ["negative", "uncertain", "positive"],
    "argument": [f"{tag}-{role}" if tag != "O" else f"O-{role}" for role in ROLES for tag in "OBI"],
    "srl": bio(SRL_ROLES),
    "pair": EVENT_TYPES,
}
# Sizes of the runs of labels that exclude each other, for heads where it is not all of them.
GROUPS = {"argument": [3] * len(ROLES)}


def lemma_rule(form: str, lemma: str) -> str:
    """The rule that makes `lemma` of `form`: CASE;CUT;SUFFIX, or =;lemma where nothing is kept."""
    for case, start in (("k", form), ("l", form.lower())):
        n = 0
        while n < min(len(start), len(lemma)) and start[n] == lemma[n]:
            n += 1
        if n == len(start) == len(lemma):
            return f"{'l' if start == form.lower() else case};0;"
        if n and (case == "l" or form.lower() != form and n > 1 and lemma[0] == form[0]):
            same = start == form.lower()
            return f"{'l' if same else case};{len(start) - n};{lemma[n:]}"
    return f"=;{lemma}"


def apply_lemma_rule(rule: str, form: str) -> str:
    """The lemma that `rule` makes of `form`."""
    case, _, rest = rule.partition(";")
    if case == "=":
        return rest
    cut, _, suffix = rest.partition(";")
    start = form.lower() if case == "l" else form
    return start[:max(0, len(start) - int(cut))] + suffix


def inventory(documents):
    """FIXED and the open label sets (feats, lemma, relation) counted over `documents`, most frequent first."""
    from collections import Counter

    feats, lemmas, relations = Counter(), Counter(), Counter()
    for d in documents:
        feats.update(d.feats or [])
        relations.update(r for r in d.relations or [] if r != "root")
        lemmas.update(lemma_rule(w, x) for w, x in zip(d.words, d.lemmas or []))
    def ranked(counter, least):
        return [k for k, n in sorted(counter.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]
    return {**FIXED, "feats": ranked(feats, 2), "lemma": ranked(lemmas, 2), "relation": ["root"] + ranked(relations, 5)}
