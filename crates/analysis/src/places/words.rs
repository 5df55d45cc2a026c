//! Words that tell a place from something else of the same name. Each list is sorted.

/// Names of small places somewhere that are nearly always something else in a story, as keys of the gazetteer.
#[rustfmt::skip]
pub(super) const NEVER: &[&str] = &[
    "a", "about", "academy", "action", "administration", "after", "agency", "aids", "airport", "alan", "albert",
    "alex", "all", "allen", "alliance", "alpha", "also", "among", "an", "and", "anderson", "andrew", "animal",
    "anna", "anne", "apple", "april", "arab", "arctic", "arena", "army", "as", "ash", "assembly", "association",
    "at", "attorney", "august", "authority", "auto", "avenue", "award", "baby", "baker", "ball", "band", "bank",
    "bar", "base", "baseball", "basketball", "battle", "bay", "beach", "bear", "beer", "belk", "bell", "best",
    "big", "bill", "bishop", "black", "blood", "blue", "board", "boat", "bob", "bond", "book", "boss", "bowl",
    "box", "boy", "brand", "bridge", "brother", "brothers", "brown", "buick", "bureau", "bush", "business", "but",
    "by", "cabinet", "cable", "cadillac", "call", "camp", "campus", "cancer", "capital", "captain", "car", "carbon",
    "card", "care", "carter", "cascade", "case", "cash", "castle", "cat", "catholic", "cavalry", "cell", "center",
    "central", "central business district", "centre", "century", "chair", "chamber", "champion", "channel",
    "chapel", "charity", "charter", "chase", "check", "chevrolet", "chief", "child", "children", "christ",
    "christian", "christmas", "chrysler", "church", "circle", "citizen", "city", "civil", "clark", "class", "clear",
    "clerk", "clinton", "club", "coach", "coast", "code", "cold", "college", "colonel", "color", "comet",
    "commander", "commerce", "commission", "commissioner", "committee", "common", "community", "company", "con",
    "concert", "conference", "congress", "conservative", "console", "constitution", "continental", "contract",
    "control", "cook", "cool", "cooper", "copper", "corner", "corporal", "correction", "cotton", "council",
    "country", "county", "court", "cove", "cowboy", "craft", "credit", "creek", "crime", "cross", "crown",
    "crystal", "culture", "customer", "dairy", "dance", "daniel", "data", "date", "david", "davis", "dawn", "day",
    "de", "deal", "dean", "death", "december", "defence", "defense", "deli", "delta", "democracy", "democrat",
    "department", "deputy", "design", "detail", "detective", "development", "diamond", "dinner", "director",
    "discovery", "district", "do", "doctor", "dodge", "dog", "door", "double", "dove", "dr", "dragon", "dream",
    "drive", "driver", "drug", "duke", "duty", "eagle", "early", "earth", "east", "easter", "eastern", "economy",
    "eden", "editor", "education", "edward", "eight", "election", "elite", "elizabeth", "ellis", "embassy",
    "emergency", "energy", "engine", "engineering", "english", "enterprise", "entry", "epic", "equity", "error",
    "evans", "eve", "evening", "event", "every", "evidence", "evil", "exchange", "express", "eye", "fair", "faith",
    "falcon", "fall", "fame", "family", "fan", "far", "farm", "farmer", "farsi", "fashion", "father", "fax",
    "february", "federal", "field", "fighter", "film", "final", "finance", "fire", "first", "fish", "five", "flag",
    "flight", "floor", "florence", "flower", "fly", "food", "foot", "football", "force", "ford", "foreign",
    "forest", "fortune", "forum", "foundation", "four", "fox", "francis", "frank", "free", "freedom", "fresh",
    "friday", "friend", "front", "fruit", "full", "fun", "fund", "future", "galaxy", "gallery", "game", "gang",
    "garden", "gas", "gate", "gay", "gender", "general", "george", "giant", "giants", "gift", "girl", "glacier",
    "glass", "global", "god", "gold", "golden", "golf", "good", "government", "governor", "grace", "grand", "grant",
    "grass", "gray", "great", "green", "group", "grove", "guard", "guide", "gulf", "gun", "hall", "hand", "happy",
    "harbor", "harris", "hawk", "he", "head", "health", "hearing", "heart", "heat", "henry", "her", "hero", "high",
    "highland", "hill", "hills", "his", "history", "hit", "hiv", "holiday", "holstein", "home", "honda", "honor",
    "hope", "horse", "hospital", "host", "hotel", "hour", "house", "howard", "however", "hud", "human", "hunt",
    "hunter", "ice", "idea", "if", "image", "imperial", "in", "independence", "independent", "information", "inn",
    "institute", "insurance", "iron", "is", "islam", "island", "issue", "it", "its", "jackson", "jacob", "jaguar",
    "james", "january", "jazz", "jean", "jefferson", "jet", "jewish", "job", "joe", "john", "johnson", "jones",
    "joseph", "journal", "journey", "joy", "judge", "july", "jump", "june", "junior", "jury", "just", "justice",
    "kelly", "kids", "kind", "king", "knight", "knights", "label", "labor", "labour", "lady", "lake", "lambda",
    "land", "lane", "language", "laser", "last", "late", "latin", "latino", "latter", "launch", "law", "lawyer",
    "lead", "leader", "league", "lee", "legal", "legend", "leo", "lesson", "level", "lewis", "lexus", "liberal",
    "liberation", "liberty", "library", "license", "life", "light", "like", "lily", "lincoln", "lion", "lions",
    "list", "little", "live", "local", "logic", "logos", "long", "lord", "lot", "love", "lucky", "magic", "mail",
    "main", "major", "male", "man", "manager", "many", "marathon", "march", "maria", "marine", "mark", "market",
    "marketing", "martin", "mary", "mason", "mass", "master", "match", "math", "matter", "maximum", "may", "mayor",
    "meadow", "meal", "medal", "media", "medical", "meeting", "member", "memorial", "memory", "men", "mercury",
    "message", "metal", "method", "metro", "middle", "mile", "military", "milk", "mill", "miller", "mills", "mind",
    "mine", "mini", "minister", "ministry", "mirror", "miss", "mission", "mitchell", "mobile", "model", "modern",
    "moment", "monday", "money", "monster", "month", "monument", "moon", "more", "morgan", "morning", "morris",
    "most", "mother", "motor", "mound", "mountain", "movie", "mr", "mrs", "ms", "much", "murray", "museum", "music",
    "mustang", "myth", "name", "nation", "national", "nato", "nature", "naval", "navy", "need", "needle", "nelson",
    "net", "network", "never", "new", "news", "ngo", "nice", "night", "nine", "nissan", "no", "noble", "normal",
    "north", "northeast", "northern", "northwest", "not", "note", "novel", "november", "now", "nuclear", "number",
    "oak", "obama", "object", "ocean", "october", "of", "office", "officer", "oil", "old", "old town", "olive",
    "olympic", "olympics", "on", "once", "one", "open", "opera", "option", "or", "orange", "orchestra", "order",
    "origin", "other", "our", "out", "outlook", "owner", "package", "page", "paint", "palace", "panel", "panther",
    "paper", "parade", "parent", "park", "parker", "parking", "parliament", "partner", "party", "pass", "past",
    "path", "patient", "patrol", "patterson", "pay", "peace", "pearl", "pen", "penalty", "pension", "people",
    "percent", "perfect", "period", "person", "peter", "phase", "philip", "phillips", "phone", "photo", "picture",
    "pilot", "pine", "pink", "pioneer", "pizza", "place", "plain", "plan", "planet", "plant", "plate", "play",
    "player", "plaza", "plus", "point", "police", "policy", "political", "pontiac", "pool", "poor", "pop", "pope",
    "popular", "population", "port", "position", "positive", "post", "pot", "powell", "power", "prayer",
    "president", "press", "price", "pride", "priest", "primary", "prime", "prince", "princess", "prison", "private",
    "prize", "process", "product", "professor", "profile", "program", "progress", "project", "prom", "promise",
    "property", "prospect", "protection", "proud", "proverb", "province", "public", "pump", "purple", "putin",
    "queen", "quest", "question", "race", "radio", "rail", "rain", "ranger", "rangers", "rate", "ray", "reader",
    "reading", "real", "reason", "rebel", "record", "recreation", "red", "reform", "region", "register", "release",
    "relief", "religion", "report", "representative", "republic", "republican", "request", "rescue", "research",
    "reserve", "resource", "rest", "result", "return", "reuters", "review", "revolution", "reward", "rice", "rich",
    "ride", "ridge", "right", "rights", "ring", "risk", "rival", "river", "road", "robert", "robin", "robinson",
    "rock", "rocket", "roger", "role", "roll", "roman", "room", "root", "rose", "ross", "roy", "royal", "rule",
    "run", "russell", "ryan", "safety", "saint", "sale", "sales", "salt", "sam", "samuel", "san", "sand", "sandy",
    "santa", "santa claus", "saturday", "save", "scene", "school", "science", "score", "scott", "scout", "sea",
    "search", "seat", "second", "secret", "secretary", "section", "security", "see", "senate", "senator", "sense",
    "sentence", "september", "sergeant", "series", "service", "set", "seven", "shadow", "shape", "shaping", "share",
    "she", "shell", "sheriff", "shield", "ship", "shop", "short", "shot", "show", "side", "sign", "signal",
    "silver", "simon", "single", "site", "six", "size", "sky", "smith", "snow", "so", "social", "society",
    "soldier", "some", "son", "song", "sos", "soul", "sound", "source", "south", "southeast", "southern",
    "southland", "southwest", "spa", "space", "speaker", "special", "speech", "speed", "spirit", "sport", "sports",
    "spot", "spring", "square", "staff", "stage", "stand", "standard", "star", "state", "states", "station",
    "steel", "step", "stephen", "stewart", "still", "stock", "stone", "stop", "store", "storm", "story", "strategy",
    "stream", "street", "strike", "strong", "student", "students", "studio", "study", "success", "such", "sugar",
    "suite", "summer", "sun", "sunday", "sunni", "super", "support", "supreme", "sure", "surgery", "survey",
    "survivor", "sweet", "system", "table", "talk", "tank", "target", "task", "tax", "taylor", "tea", "teacher",
    "team", "tech", "technology", "teen", "telephone", "television", "temple", "ten", "tennis", "term", "test",
    "testament", "text", "than", "that", "the", "theater", "theatre", "their", "then", "theory", "there", "these",
    "they", "this", "thomas", "thompson", "three", "thursday", "tiger", "tigers", "time", "times", "title", "to",
    "today", "toll", "tom", "too", "top", "total", "touch", "tour", "tower", "town", "toyota", "track", "trade",
    "tradition", "traffic", "trail", "train", "training", "transit", "travel", "treasure", "treasury", "treat",
    "treatment", "tree", "trial", "tribune", "trip", "trooper", "trust", "truth", "try", "tuesday", "tunnel",
    "turn", "turner", "tv", "twin", "two", "type", "ultra", "un", "uncle", "under", "union", "unit", "united",
    "unity", "universal", "university", "up", "upper", "us", "user", "valley", "value", "van", "vehicle", "venture",
    "version", "veteran", "victor", "victoria", "victory", "video", "view", "village", "villages", "vision",
    "visit", "visitor", "voice", "volunteer", "vote", "voter", "wage", "wait", "walk", "walker", "wall", "war",
    "ward", "warning", "warrior", "watch", "water", "wave", "way", "we", "weather", "web", "webb", "webster",
    "wedding", "wednesday", "week", "weekend", "weight", "welcome", "welfare", "well", "wells", "west", "west nile",
    "western", "what", "wheel", "when", "where", "while", "white", "white house", "who", "why", "wife", "wild",
    "wildlife", "will", "williams", "wilson", "wind", "window", "wine", "wing", "winner", "winter", "wish", "with",
    "wolf", "woman", "women", "wonder", "wood", "woods", "word", "work", "worker", "workshop", "world", "world cup",
    "worth", "wright", "writer", "xinhua", "yard", "year", "yellow", "yes", "yet", "york", "you", "young", "your",
    "zone",
];

/// Cities other than capitals that news of the world names without their country, as keys of the gazetteer: those that the
/// Associated Press lets stand alone, and seats of international courts and conferences.
#[rustfmt::skip]
pub(super) const ALONE: &[&str] = &[
    "geneva", "istanbul", "johannesburg", "milan", "montreal", "munich", "new york", "rio de janeiro", "sao paulo",
    "shanghai", "strasbourg", "sydney", "the hague", "toronto", "zurich",
];

/// Words behind the name of a place in the names of what belongs to it: "Alexandria Police Department".
#[rustfmt::skip]
pub(super) const CIVIC: &[&str] = &[
    "academy", "airport", "area", "association", "authorities", "authority", "barracks", "basin", "bay", "board",
    "borough", "branch", "bureau", "campus", "cathedral", "chamber", "city", "civic", "clinic", "college",
    "commission", "commissioner", "commissioners", "community", "corporation", "council", "councillor",
    "councilman", "county", "court", "courthouse", "department", "development", "diocese", "district", "downtown",
    "elections", "elementary", "embassy", "fair", "fest", "festival", "fire", "fire-department", "garda",
    "government", "governor", "harbor", "harbour", "health", "high", "historical", "hospital", "housing",
    "independent", "international", "jail", "junior", "library", "magistrates", "mall", "mayor", "medical",
    "memorial", "metro", "metropolitan", "middle", "municipal", "municipality", "museum", "national", "oblast",
    "office", "officer", "officials", "ordinance", "parish", "park", "parks", "parliament", "planning", "police",
    "port", "prefecture", "presbytery", "prison", "prosecutor", "prosecutors", "province", "provincial", "public",
    "rail", "recreation", "region", "regional", "republic", "road-works", "school", "schools", "senior", "sheriff",
    "sheriff's", "stadium", "state", "station", "suburb", "superior", "theater", "theatre", "tourism", "town",
    "township", "transit", "transport", "united", "university", "valley", "village", "volunteer", "water", "zoning",
    "zoo",
];

/// Words of which the name of a place before them says where they are: "a Charleston man".
#[rustfmt::skip]
pub(super) const PEOPLE: &[&str] = &[
    "activist", "activists", "area", "attorney", "attorneys-general", "authorities", "based", "boy", "boys",
    "businessman", "businesswoman", "citizen", "citizens", "cop", "cops", "couple", "detective", "detectives",
    "driver", "employee", "employees", "employers", "factory", "family", "fans", "farmer", "farmers", "firefighter",
    "firefighters", "firm", "firms", "girl", "girls", "group", "headquarters", "home", "homeowner", "hospital",
    "hospitals", "hotel", "lawmaker", "lawmakers", "lawyer", "lawyers", "man", "men", "merchants", "mom", "mother",
    "native", "neighborhood", "neighbourhood", "newspaper", "office", "officer", "officers", "official",
    "officials", "parents", "pastor", "people", "police", "politician", "politicians", "prison", "rally",
    "resident", "residents", "restaurant", "restaurants", "school", "schools", "shopping", "spokesman",
    "spokeswoman", "store", "street", "streets", "student", "students", "suburb", "suburbs", "summit", "talks",
    "taxpayers", "teacher", "teachers", "team", "teen", "teenager", "trial", "troops", "visitors", "voters",
    "woman", "women", "workers", "youth", "youths",
];

/// Prepositions before places.
#[rustfmt::skip]
pub(super) const LOCATIVE: &[&str] = &[
    "across", "along", "around", "at", "between", "for", "from", "in", "inside", "into", "near", "of", "off",
    "outside", "throughout", "to", "toward", "towards", "via", "within",
];

/// Words behind a name that is then not a place's: of streets, papers, treaties, persons.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "accord", "accords", "agreement", "ave", "avenue", "blvd", "boulevard", "bulldogs", "cardinals", "convention",
    "cowboys", "daily", "dr", "drive", "eagles", "gazette", "giants", "globe", "guardian", "herald", "highway",
    "hwy", "ii", "iii", "iv", "journal", "journal-constitution", "jr", "lane", "lions", "magazine", "news", "pike",
    "post", "press", "protocol", "rd", "review", "road", "rovers", "sr", "st", "street", "syndrome", "telegraph",
    "times", "treaty", "tribune", "virus",
];

/// Whether one of the sorted words is `word`.
pub(super) fn is_in(word: &str, sorted: &[&str]) -> bool {
    sorted.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [NEVER, ALONE, CIVIC, PEOPLE, LOCATIVE, THINGS] {
            assert!(list.is_sorted_by(|a, b| a < b));
        }
        assert!(is_in("police", CIVIC) && !is_in("sochi", NEVER));
    }
}
