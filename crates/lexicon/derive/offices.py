#!/usr/bin/env python3
"""Derive data/offices.tsv and data/surnames.tsv: who held which office when.

usage: offices.py REIGN.csv FACTBOOK.json PHOENIX.Countries.actors.txt COUNTRIES.json

Sources, the first that knows a term wins:
1. offices_extra.txt, by hand: full names, offices, exact days;
2. factbook.json (CC0, May 2026): heads of state and of government of today, with the day on which they came;
3. REIGN (MIT, to March 2021): who led each state, by month, mostly surnames only;
4. Phoenix (MIT, to January 2014): members of governments with full names and days, but not which office they held.

A person of one source is the one of another if the country and the surname agree, the given names do not contradict each
other, and, where one has no given name, the terms touch.
"""
import csv
import datetime
import html
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
PHOENIX_LAST = "2014-01-30"
REIGN_LAST = "2021-03-31"
# Correlates of War abbreviations, as REIGN has them, where ISO has another code.
COW = {"AAB": "ATG", "ALG": "DZA", "ANG": "AGO", "AUL": "AUS", "AUS": "AUT", "BAH": "BHS", "BAR": "BRB", "BFO": "BFA",
       "BHM": "BHS", "BHU": "BTN", "BNG": "BGD", "BOS": "BIH", "BOT": "BWA", "BRU": "BRN", "BUI": "BDI", "BUL": "BGR",
       "CAM": "KHM", "CAO": "CMR", "CAP": "CPV", "CDI": "CIV", "CEN": "CAF", "CHA": "TCD", "CON": "COG", "COS": "CRI",
       "CRO": "HRV", "CZR": "CZE", "CZE": "CSK", "DEN": "DNK", "DRC": "COD", "DRV": "VNM", "EQG": "GNQ", "ETM": "TLS",
       "FRN": "FRA", "FIJ": "FJI", "GAM": "GMB", "GDR": "DDR", "GFR": "DEU", "GMY": "DEU", "GRG": "GEO", "GRN": "GRD", "GUA": "GTM",
       "GUI": "GIN", "HAI": "HTI", "HON": "HND", "ICE": "ISL", "INS": "IDN", "IRE": "IRL", "KOS": "XKX", "KUW": "KWT",
       "KYR": "KGZ", "KZK": "KAZ", "LAT": "LVA", "LEB": "LBN", "LES": "LSO", "LIB": "LBY", "LIT": "LTU", "MAA": "MRT",
       "MAC": "MKD", "MAD": "MDV", "MAG": "MDG", "MAL": "MYS", "MAS": "MUS", "MAW": "MWI", "MLD": "MDA", "MNC": "MCO",
       "MON": "MNG", "MOR": "MAR", "MSI": "MHL", "MYA": "MMR", "MZM": "MOZ", "NAU": "NRU", "NEP": "NPL", "NEW": "NZL",
       "NIG": "NGA", "NIR": "NER", "NTH": "NLD", "OMA": "OMN", "PAL": "PLW", "PAR": "PRY", "PHI": "PHL", "POR": "PRT",
       "ROK": "KOR", "ROM": "ROU", "SAF": "ZAF", "SAL": "SLV", "SEY": "SYC", "SIE": "SLE", "SIN": "SGP", "SKN": "KNA",
       "SLO": "SVK", "SLV": "SVN", "SNM": "SMR", "SOL": "SLB", "SPN": "ESP", "SRI": "LKA", "STP": "STP", "SUD": "SDN",
       "SVG": "VCT", "SWA": "SWZ", "SWD": "SWE", "SWZ": "CHE", "TAJ": "TJK", "TAZ": "TZA", "THI": "THA", "TOG": "TGO",
       "TRI": "TTO", "UAE": "ARE", "UKG": "GBR", "URU": "URY", "VAN": "VUT", "ZAM": "ZMB", "ZIM": "ZWE", "RVN": None,
       "YAR": None, "YPR": None, "MLT": "MLT", "YUG": "SRB", "SLU": "LCA", "BOL": "BOL", "SSD": "SSD", "GUY": "GUY"}
PHOENIX_CODES = {"TMP": "TLS", "KSV": "XKX", "ROM": "ROU", "DRC": "COD", "SCG": "SRB", "USR": "SUN", "PAL": "PSE"}
# The factbook's names where countries.json has another.
NAMES = {"Burma": "MMR", "Turkey (Turkiye)": "TUR", "Korea, North": "PRK", "Korea, South": "KOR", "Congo, Democratic Republic of the": "COD",
         "Congo, Republic of the": "COG", "Bahamas, The": "BHS", "Gambia, The": "GMB", "Cote d'Ivoire": "CIV", "Czechia": "CZE",
         "Kosovo": "XKX", "Micronesia, Federated States of": "FSM", "Cabo Verde": "CPV", "Holy See (Vatican City)": "VAT"}
ROMAN = {"II", "IV", "VI"}
NO_NAME = r"\d|Minister|President|Government|Secretary|Leader|General |Prince|Chancellor|Ambassador|Council"
TITLES = re.compile(r"^(?:(?:acting|interim|transition(?:al)?|caretaker|co-?|vice|deputy|executive|federal|sovereign|supreme|"
                    r"state|grand|captains?|head|leader|chief|chairman|chairperson|chair|general|secretary|president|prime|"
                    r"minister|premier|chancellor|king|queen|amir|emir|sultan|prince|duke|pope|taoiseach|crown|regent|"
                    r"council|presidential|leadership|of|the|and|taliban|for|foreign|affairs|gen\.|sr\.|col\.|lt\.|maj\.|dr\.|"
                    r"sir|brig\.|capt\.|ratu|dame|government|national|unity|administrator|his|her|majesty|colonel|field|marshal|ministers|cabinet|political|swiss|confederation|emperor|commission|"
                    r"china|commander-in-chief|sudanese|armed|forces)\s+)+", re.I)
PARTICLES = {"al", "el", "bin", "ibn"}


def plain(word):
    word = unicodedata.normalize("NFD", word.lower().replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("đ", "d"))
    return "".join(c for c in word if not unicodedata.combining(c))


def words(name):
    """As the coder folds a name: plain words, without articles of Arabic, titles of kings and popes, and points."""
    found = []
    for word in re.split(r"[\s\-–_]+", plain(name)):
        word = word.strip(".,\"'`’")
        if word and word not in PARTICLES | {"king", "queen", "pope"}:
            found.append(word)
    return found


def key(name):
    w = words(name)
    return " ".join([w[-1]] + w[:-1])


def read_extra():
    for line in open(HERE / "offices_extra.txt", encoding="utf8"):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        head, chain = line.split(": ", 1)
        code, office = head.split(" ")
        parts = [part.strip().rsplit(" ", 1) for part in chain.split(";")]
        for (name, start), after in zip(parts, parts[1:] + [None]):
            if name in "-~":
                continue
            end = "-" if after is None else after[1] + ("~" if after[0] == "~" else "")
            yield {"name": name, "code": code, "office": office, "from": start, "to": end, "source": 1}


def day(text):
    for form in ("%d %B %Y", "%B %Y", "%Y"):
        try:
            return datetime.datetime.strptime(text, form).strftime("%Y-%m-%d")
        except ValueError:
            pass


def read_factbook(path, countries):
    names = {c["name"]["common"]: c["cca3"] for c in countries} | {c["name"]["official"]: c["cca3"] for c in countries} | NAMES
    independent = {c["cca3"] for c in countries if c.get("unMember")} | {"TWN", "XKX", "VAT"}
    for entry in json.load(open(path, encoding="utf8")).values():
        code = names.get(entry["name"]) or names.get(entry.get("long"))
        if code not in independent:
            continue
        seen = set()
        for field, office in (("chief_of_state", "head-of-state"), ("head_of_government", "head-of-government")):
            text = html.unescape(entry.get(field) or "")
            found = re.match(r"([^;(]+?)\s*\(since ([^)]+)\)", text)
            start = found and day(found.group(2).strip())
            if not start or "represented by" in text and code != "GBR":
                continue
            name = re.sub(r'"[^"]*"|, (Jr|Sr)\.?', "", found.group(1).strip()).split(",")[-1].strip()
            name = TITLES.sub("", name)
            name = re.sub(r"[^\W\d_]{2,}", lambda m: cased(m[0]) if m[0].isupper() and not re.fullmatch("[IVX]+", m[0]) else m[0],
                          up_to_surname(name))
            if not name or name in seen or len(words(name)) > 5:
                continue
            seen.add(name)
            yield {"name": name, "code": code, "office": office, "from": start, "to": "2026-05-01~", "source": 2}


def up_to_surname(name):
    """The factbook has surnames in capitals: "Daniel NOBOA Azin" is Daniel Noboa; "LEE Jae-myung" has it first."""
    parts = name.split()
    upper = [i for i, w in enumerate(parts) if w.isupper() and len(w) > 2]
    return " ".join(parts[: upper[-1] + 1]) if upper and upper[0] > 0 else name


def cased(word):
    return re.sub(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", lambda m: m.group(0).capitalize(), word)


def read_reign(path):
    rows = []
    for row in csv.DictReader(open(path, encoding="utf8", errors="replace")):
        code = COW.get(row["stateabb"], row["stateabb"])
        if code is None or not row["syear"]:
            continue
        start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{min(int(row['sdate'] or 1), 28):02}"
        end = None
        if row["eyear"]:
            end = f"{int(row['eyear']):04}-{int(row['emonth'] or 12):02}"
        # REIGN has the Soviet Union under Russia.
        if code == "RUS" and start < "1991-08":
            code = "SUN"
        rows.append([code, row["leader"].strip(), start, end])
    rows.sort(key=lambda r: (r[0], r[2]))
    for row, after in zip(rows, rows[1:] + [None]):
        code, name, start, end = row
        next_start = after[2] if after and after[0] == code else None
        if end is None:
            end = next_start or REIGN_LAST + "~"
        else:
            # REIGN has months only: the term ends when the next one begins, or with its month.
            last = f"{end}-28"
            end = next_start if next_start and next_start <= last or next_start and next_start[:7] == end else last
        name = re.sub(r"^(?:Gen|Col|Maj|Lt)\.?\s|\(.*?\)|^King |^Emir ", "", name).strip()
        if name and end > start and "," not in name:
            yield {"name": name, "code": code, "office": "leader", "from": start, "to": end, "source": 3}


def phoenix_day(text):
    if len(text) == 8:
        year, rest = int(text[:4]), text[4:]
    elif len(text) == 6:
        short = int(text[:2])
        year, rest = short + (2000 if short <= 30 else 1900), text[2:]
    else:
        return None
    return f"{year:04}-{min(max(int(rest[:2]), 1), 12):02}-{min(max(int(rest[2:]), 1), 28):02}"


def read_phoenix(path, isos):
    head = None
    for line in open(path, encoding="latin1"):
        line = re.split("[#;]", line)[0].strip()
        name = line.split("[")[0].strip()
        if name and not name.startswith("+"):
            head = " ".join(cased(w) if w.isupper() and (len(w) > 2 or w not in ROMAN) else w for w in name.replace("_", " ").split())
        for code, dates in re.findall(r"\[([A-Z]{3})GOV[A-Z]*\s+([^\]]+)\]", line):
            code = PHOENIX_CODES.get(code, code)
            dates = dates.replace(" ", "")
            if code not in isos or not head or len(words(head)) < 2 or len(words(head)) > 5 or re.search(NO_NAME, head):
                continue
            if dates.startswith(">"):
                start, end = phoenix_day(dates[1:]), PHOENIX_LAST + "~"
            elif "-" in dates and dates[0] != "<":
                start, end = map(phoenix_day, dates.split("-")[:2])
            else:
                continue
            if start and end and start < end and start >= "1945":
                yield {"name": head, "code": code, "office": "government", "from": start, "to": end, "source": 4}


def alike(a, b):
    short, long = sorted((a, b), key=len)
    fold = lambda w: w.replace("y", "i").replace("ii", "i").replace("kh", "h")
    whole = fold(a) == fold(b) or len(short) >= 4 and fold(long).startswith(fold(short))
    return whole or len(short) == 1 and long.startswith(short)


def overlap(a, b):
    return a["from"] <= b["to"].rstrip("~").replace("-", "9", 1 if b["to"] == "-" else 0) and b["from"] <= a["to"].rstrip("~")


def same(a, b):
    """Whether the rows mean one person."""
    x, y = words(a["name"]), words(b["name"])
    if not x or not y:
        return False
    if len(x) == 1 or len(y) == 1:
        return (x[-1] == y[-1] or x[-1] in y or y[-1] in x) and overlap(a, b)
    short, long = sorted((x, y), key=len)
    if x[-1] == y[-1] or alike(x[-1], y[-1]):
        return alike(x[0], y[0]) and all(any(alike(w, v) for v in long) for w in short)
    return set(short) <= set(long) and overlap(a, b)


def merged(rows):
    """One name for each person; terms that a better source covers are left out."""
    kept = []
    by_code = {}
    for row in rows:
        known = by_code.setdefault(row["code"], [])
        twin = next((k for k in known if same(k, row)), None)
        if twin:
            if len(words(twin["name"])) == 1 and twin["source"] > 1:
                twin["name"] = row["name"]
            row["name"] = twin["name"]
        better = [k for k in known if k["name"] == row["name"] and k["source"] < row["source"]]
        if row["source"] >= 3 and any(overlap(k, row) for k in better):
            continue
        # A source that ends while the person is in office knows less than one that goes on.
        if row["to"].endswith("~") and any(k["from"] <= row["to"].rstrip("~") for k in better):
            continue
        if row["office"] in ("head-of-state", "head-of-government") and row["source"] == 2:
            if any(k["office"] == row["office"] and k["source"] == 1 and k["to"].endswith("~") and overlap(k, row) for k in known):
                continue
        known.append(row)
        kept.append(row)
    return kept


def one_at_a_time(rows):
    """Where two sources disagree about who led a state on a day, the better one holds; within one, the later start ends the
    earlier term."""
    chains = {}
    for row in rows:
        if row["office"] in ("head-of-state", "head-of-government", "leader", "foreign", "defence"):
            chains.setdefault((row["code"], row["office"]), []).append(row)
    for chain in chains.values():
        chain.sort(key=lambda r: (r["from"], r["source"]))
        for row in chain:
            if any(o["source"] < row["source"] and o["from"] <= row["from"] and row["from"] < o["to"].rstrip("~") for o in chain):
                row["to"] = row["from"]
        chain = [row for row in chain if row["to"] > row["from"]]
        for row, after in zip(chain, chain[1:]):
            if row["to"].rstrip("~") > after["from"]:
                row["to"] = after["from"]
    return [row for row in rows if row["to"].rstrip("~") > row["from"]]


def near(end, start):
    """Months without days end on their 28th, so that a few days between two terms are none."""
    date = datetime.date.fromisoformat
    return start <= end or date(start) - date(end) <= datetime.timedelta(days=5)


def joined(rows):
    """Terms of one person in one office that touch are one."""
    out = []
    for row in sorted(rows, key=lambda r: (key(r["name"]), r["name"], r["code"], r["office"], r["from"])):
        last = out[-1] if out else None
        if last and all(last[k] == row[k] for k in ("name", "code", "office")) and near(last["to"].rstrip("~"), row["from"]):
            if row["to"] > last["to"]:
                last["to"] = row["to"]
            continue
        out.append(dict(row))
    return out


HEADER = """# Format: {columns}
# Origin: offices_extra.txt and names_extra.tsv (ours), factbook.json (CC0, May 2026), REIGN (MIT, to March 2021),
#   Phoenix dictionaries of the Open Event Data Alliance (MIT, to January 2014)
# Made by: derive/offices.py, 2026-11
"""


def write(name, columns, lines):
    with open(DATA / name, "w", encoding="utf8") as out:
        out.write(HEADER.format(columns=columns))
        # Sorted by bytes, as the program looks lines up by them.
        out.writelines(line + "\n" for line in sorted(set(lines), key=lambda line: line.encode()))


def main(reign, factbook, phoenix, countries):
    countries = json.load(open(countries, encoding="utf8"))
    isos = {line.split("\t")[0] for line in open(DATA / "countries.tsv", encoding="utf8") if not line.startswith("#")}
    rows = list(read_extra())
    rows += read_factbook(factbook, countries)
    rows += read_reign(reign)
    rows += read_phoenix(phoenix, isos)
    unknown = {r["code"] for r in rows if len(r["code"]) == 3} - isos
    rows = [r for r in rows if r["code"] not in unknown and words(r["name"])]
    print("left out, no such country:", sorted(unknown), file=sys.stderr)
    rows = one_at_a_time(joined(one_at_a_time(merged(rows))))
    offices = [[key(r["name"]), r["name"], r["code"], r["office"], r["from"], r["to"]] for r in rows]
    write("offices.tsv", "folded name, last word first; name; ISO 3166-1 alpha-3 or CAMEO code of an international body; office;\n"
          "#   first day; day on which the term ended, - for not yet, with ~ the last day that the source knows", ["\t".join(o) for o in offices])
    keys = {o[1]: o[0] for o in offices}
    aliases = []
    for line in open(HERE / "names_extra.tsv", encoding="utf8"):
        if line.strip() and not line.startswith("#"):
            form, name = line.rstrip("\n").split("\t")
            aliases.append(f"{key(form)}\t{keys[name]}")
    aliases = [a for a in set(aliases) if a.split("\t")[0] != a.split("\t")[1]]
    write("surnames.tsv", "a single word or other spelling that in the news means one person, folded, last word first; key in offices.tsv", aliases)


if __name__ == "__main__":
    main(*sys.argv[1:])
