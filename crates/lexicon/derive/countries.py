#!/usr/bin/env python3
"""Derive data/states.tsv and data/countries.tsv from mledoze/countries (ODbL) and states_extra.tsv (by hand).

usage: countries.py COUNTRIES.json

A form that the hand list gives wins over a derived one; `-` there takes a form out. The alternative spellings of
countries.json are left out, since most are native names ("Island" is Iceland). Capitals come only from members of the United
Nations, since those of small territories are too often words for something else.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
# Capitals that name other things more often in the news than the seat of their government.
AMBIGUOUS = {"Victoria", "Georgetown", "Kingston", "San José", "San Marino", "Singapore", "Monaco", "Luxembourg", "Djibouti",
             "Santiago", "Basseterre", "Roseau", "Castries", "Male", "Malé", "Valletta", "Guatemala City", "Panama City",
             "Kuwait City", "St. George's", "Saint John's", "Kingstown", "Bridgetown", "Freetown", "Nassau", "Melekeok"}
FORMER = {"SUN": "Soviet Union", "YUG": "Yugoslavia", "DDR": "East Germany"}
NAMES = {"PSE": "Palestine", "COD": "Democratic Republic of the Congo", "COG": "Republic of the Congo", "MMR": "Myanmar",
         "CZE": "Czech Republic", "MKD": "North Macedonia", "XKX": "Kosovo", "TUR": "Turkey"}

# ISO has no code for Kosovo; XKX is the one in common use.
CODES = {"UNK": "XKX"}


def plurals(demonym):
    if demonym.endswith(("ese", "ish", "ch", "ss", "s", "sh")):
        return []
    return [demonym + "s"]


def derived(country):
    code = CODES.get(country["cca3"], country["cca3"])
    names = [country["name"]["common"], country["name"]["official"]]
    for name in names:
        yield name, code, "name"
    for demonym in {country.get("demonyms", {}).get("eng", {}).get(k, "") for k in "fm"} - {""}:
        yield demonym, code, "demonym"
        for plural in plurals(demonym):
            yield plural, code, "people"
    if country.get("unMember"):
        for capital in country.get("capital", []):
            if capital and capital not in AMBIGUOUS:
                yield capital, code, "capital"


def write(name, columns, rows, origin):
    with open(HERE.parent / "data" / name, "w", encoding="utf8") as out:
        out.write(f"# Format: {columns}\n# {origin}\n# Made by: derive/countries.py, 2026-11\n")
        for row in sorted(rows):
            out.write("\t".join(row) + "\n")


def main(path):
    countries = json.load(open(path, encoding="utf8"))
    rank = {"name": 0, "demonym": 1, "people": 2, "capital": 3}
    forms = {}
    # Members of the United Nations first: "French" is France, not its southern territories.
    for country in sorted(countries, key=lambda c: not c.get("unMember")):
        for form, code, kind in derived(country):
            old = forms.get(form)
            if old is None or rank[kind] < rank[old[1]]:
                forms[form] = (code, kind)
    for line in open(HERE / "states_extra.tsv", encoding="utf8"):
        if line.strip() and not line.startswith("#"):
            form, code, kind = line.rstrip("\n").split("\t")
            if code == "-":
                forms.pop(form, None)
            else:
                forms[form] = (code, kind)
                if kind == "demonym":
                    for plural in plurals(form):
                        forms.setdefault(plural, (code, "people"))
    origin = "Origin: mledoze/countries (Open Database License 1.0) and derive/states_extra.tsv (ours)"
    write("states.tsv", "form, ISO 3166-1 alpha-3, name|demonym|people|capital|seat", [(f, *v) for f, v in forms.items()], origin)
    names = {}
    for country in countries:
        code = CODES.get(country["cca3"], country["cca3"])
        names[code] = NAMES.get(code, country["name"]["common"])
    names |= FORMER
    write("countries.tsv", "ISO 3166-1 alpha-3 (or the code a former state had), English name", names.items(), origin)


if __name__ == "__main__":
    main(sys.argv[1])
