# Where `just` is missing: the commands stand below each name, and can be pasted into a shell.

# The corpora and scorers of the scores (CONTRIBUTING.md); everything else works without them.
shared := env("RAPPORTEUR_SHARED", "../shared")
rapporteur := "target/release/rapporteur"
measure := "target/release/measure"

# What there is
default:
    @just --list

# All tests
test:
    cargo test --workspace

# Format and lints, as CI runs them
check:
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings

# Release builds of the program and of the measuring tool
build:
    cargo build --release --workspace

# Write the examples' golden records anew; then look at the diff
golden:
    UPDATE_GOLDEN=1 cargo test -p rapporteur-cli --test golden
    git diff --stat -- examples

# All scores on the development sets; commit the changes under scores/
score: score-events score-attribution score-pairs score-layers score-time score-coreference score-place score-occurrences

# Events of the annotated stories: type, status, parties, record
score-events: build
    mkdir -p target/scores
    python3 {{shared}}/tools/events_gold.py {{shared}}/data/events/voa/stories.jsonl {{shared}}/data/events/voa/dev > target/scores/events-gold.jsonl
    grep '"split": "dev"' {{shared}}/data/events/voa/stories.jsonl | {{rapporteur}} read - --format jsonl > target/scores/events.jsonl
    python3 {{shared}}/tools/score_events.py target/scores/events-gold.jsonl target/scores/events.jsonl --per-type \
        | {{measure}} table "events/voa dev" "just score-events" > scores/events.csv

# Weights of events' dates, learned anew from the train part; what they give stories that they have not seen
derive-dates: build
    mkdir -p target/scores
    for part in train dev; do \
        python3 {{shared}}/tools/events_gold.py {{shared}}/data/events/voa/stories.jsonl {{shared}}/data/events/voa/$part > target/scores/events-$part.jsonl; \
    done
    {{measure}} dates {{shared}}/data/events/voa/stories.jsonl > target/scores/date-choices.jsonl
    python3 crates/coder/derive/dates.py target/scores/date-choices.jsonl target/scores/events-train.jsonl > target/scores/dates.tsv
    mv target/scores/dates.tsv crates/coder/data/dates.tsv
    python3 crates/coder/derive/dates.py target/scores/date-choices.jsonl target/scores/events-train.jsonl --folds 5 --set "events/voa train by five folds" > scores/dates.csv
    python3 crates/coder/derive/dates.py target/scores/date-choices.jsonl target/scores/events-dev.jsonl --table crates/coder/data/dates.tsv --set "events/voa dev" | tail -n +2 >> scores/dates.csv

# What tells events' dates from the encoder's vectors, learned anew from stories of our own; needed for each new model (see training/)
derive-occasions CHECKPOINT="training/work/polish/final.pt":
    python3 training/occasions.py {{CHECKPOINT}} models/rapporteur.safetensors training/configs/polish.toml --shared {{shared}} > scores/occasions.csv

# Weights of the features of pronouns, from GAP and GUM, and what they give in cross-validation
derive-pronouns: build
    mkdir -p target/scores
    {{measure}} pronouns {{shared}}/data/coref/gap-development.tsv {{shared}}/data/coref/gap-validation.tsv {{shared}}/data/ud/en_gum-train.conllu > target/scores/pronoun-choices.jsonl
    python3 crates/coder/derive/pronouns.py target/scores/pronoun-choices.jsonl > target/scores/pronouns.tsv
    mv target/scores/pronouns.tsv crates/coder/data/pronouns.tsv
    python3 crates/coder/derive/pronouns.py target/scores/pronoun-choices.jsonl --folds 5 > scores/pronouns.csv

# Attribution: relations, and the spans of source, cue, content
score-attribution: build
    mkdir -p target/scores
    {{rapporteur}} read {{shared}}/data/attribution/polnear/dev/text --format jsonl > target/scores/attribution.jsonl
    python3 {{shared}}/tools/score_attribution.py {{shared}}/data/attribution/polnear/dev target/scores/attribution.jsonl \
        | {{measure}} table "PolNeAR dev" "just score-attribution" > scores/attribution.csv

# Given pairs with the shipped model, which has seen these rows; `just score-pairs-folds` has the number that counts
score-pairs: build
    mkdir -p target/scores
    {{rapporteur}} relate {{shared}}/data/events/PLV_train.tsv --only-type > target/scores/pairs.txt
    python3 {{shared}}/tools/score_pairs.py {{shared}}/data/events/PLV_train.tsv target/scores/pairs.txt

# A student as the second of `just train`, but from a run that has not seen the given pairs of PLV either, for `just score-pairs-folds`; it is
# not shipped (four and a half minutes of an H200; behind `just train`)
train-unseen:
    python3 training/train.py training/configs/student.toml --seed 12 --without plv --share 0.8 --start training/work/fourth/final.pt --teacher training/work/teacher-7/final.pt training/work/teacher-8/final.pt --workers 6 --out training/work/unseen

# Given pairs, five folds by sentence, each from that student: with four seeds, and once with no more of them than the shipped model has
# seen (an hour and a half of a core, minutes of a GPU)
score-pairs-folds:
    python3 training/pairs_cv.py training/configs/pairs.toml --start training/work/unseen/final.pt --shared {{shared}} \
        | {{measure}} table "PLV_train by five folds" "just score-pairs-folds" > scores/pairs.csv
    python3 training/pairs_cv.py training/configs/pairs-short.toml --start training/work/unseen/final.pt --shared {{shared}} \
        | {{measure}} table "PLV_train by five folds (as little as shipped)" "just score-pairs-folds" | tail -n +2 >> scores/pairs.csv

# Tokens, tags, trees, names and the rest, by the measuring tool
score-layers: build
    {{measure}} tokens {{shared}}/data/ud/en_ewt-dev.conllu {{shared}}/data/ud/en_gum-dev.conllu > scores/tokens.csv
    {{measure}} tree {{shared}}/data/ud/en_ewt-dev.conllu {{shared}}/data/ud/en_gum-dev.conllu > scores/tree.csv
    {{measure}} names {{shared}}/data/ner/uner_ewt-dev.iob2 {{shared}}/data/ner/worldwide_newswire-dev.iob2 > scores/names.csv
    {{measure}} factuality {{shared}}/data/factuality/uw-dev.jsonl {{shared}}/data/factuality/uds_ih2-dev.jsonl > scores/factuality.csv

# Time expressions, by TempEval-3's measures; a third of each set is held out from the writing of rules
score-time: build
    {{measure}} time {{shared}}/data/time/tbaq/TimeBank {{shared}}/data/time/tbaq/AQUAINT > scores/time.csv
# Pronouns on GAP; mentions brought together on GUM's own trees
score-coreference: build
    {{measure}} gap {{shared}}/data/coref/gap-development.tsv {{shared}}/data/coref/gap-validation.tsv > scores/coreference.csv
    {{measure}} coreference {{shared}}/data/coref/ontogum-dev.conllu {{shared}}/data/ud/en_gum-dev.conllu | tail -n +2 >> scores/coreference.csv
# Places: toponyms found and resolved within 161 km
score-place: build
    {{measure}} place {{shared}}/data/place/lgl.xml {{shared}}/data/place/GeoVirus.xml > scores/place.csv

# Pairs of annotated reports that the ledger brings together
score-occurrences: build
    {{measure}} occurrences {{shared}}/data/events/voa/stories.jsonl {{shared}}/data/events/voa crates/measure/data/occurrences.tsv > scores/occurrences.csv

# The layers in both arithmetics: no score may differ by more than 0.2 points
score-arithmetic: build
    mkdir -p target/scores
    grep '"split": "dev"' {{shared}}/data/events/voa/stories.jsonl > target/scores/dev.jsonl
    for a in f32 int16; do \
        {{rapporteur}} read target/scores/dev.jsonl --arithmetic $a --format jsonl > target/scores/$a.jsonl; \
        python3 {{shared}}/tools/score_events.py target/scores/events-gold.jsonl target/scores/$a.jsonl | {{measure}} table "events/voa dev $a" "rapporteur read --arithmetic $a"; \
        {{rapporteur}} read {{shared}}/data/attribution/polnear/dev/text --arithmetic $a --format jsonl > target/scores/$a.jsonl; \
        python3 {{shared}}/tools/score_attribution.py {{shared}}/data/attribution/polnear/dev target/scores/$a.jsonl | {{measure}} table "PolNeAR dev $a" "rapporteur read --arithmetic $a"; \
        {{measure}} tree --arithmetic $a {{shared}}/data/ud/en_ewt-dev.conllu; \
        {{measure}} names --arithmetic $a {{shared}}/data/ner/uner_ewt-dev.iob2; \
    done | awk -F, -v OFS=, 'NR > 1 && $1 == "set" { next } NF == 4 { $0 = $1 OFS $2 OFS OFS OFS $3 OFS $4 } 1' > scores/arithmetic.csv

# Words a second on one core, the whole chain
bench: build
    {{measure}} speed {{shared}}/data/events/voa/stories.jsonl --limit 200 | tee scores/speed.csv
    {{measure}} start {{rapporteur}} {{shared}}/stories/000_574d78f9c76da2b6.txt | tee scores/start.csv

# A generated ledger of one million events: how fast it is made and asked (1 GB in target/, removed afterwards)
bench-ledger:
    mkdir -p target/ledger
    cargo run --release -p rapporteur-ledger --example ledger_speed -- target/ledger/bench.db 1000000 | tee scores/ledger.csv
    rm -f target/ledger/bench.db*

# What keeping stories costs beside reading them: 5 % at most
bench-adding: build
    {{measure}} adding {{shared}}/data/events/voa/stories.jsonl --limit 200 | tee scores/adding.csv

# The desk's front end: sources in crates/desk/web, results in crates/desk/static, both committed (needs Node.js)
desk-bundle:
    cd crates/desk/web && npm ci --ignore-scripts && npm run build

# Walks every page of the desk with a browser, and makes pictures under target/desk: look at them (needs Node.js, chromium)
desk-browser:
    cargo build
    cd crates/desk/web && npm ci --ignore-scripts && npm test -- ../../../target/debug/rapporteur --screenshots ../../../target/desk --docs ../../../docs/images

# How fast the desk's pages are on a generated ledger of one million events (1 GB in target/, removed afterwards)
desk-load:
    mkdir -p target/ledger
    cargo run --release -p rapporteur-ledger --example ledger_speed -- target/ledger/desk.db 1000000
    cargo build --release
    cd crates/desk/web && node test/load.mjs ../../../target/release/rapporteur ../../../target/ledger/desk.db | tee ../../../scores/desk.csv
    rm -f target/ledger/desk.db*

# Train the heads, quantise, write models/rapporteur.safetensors (some six hours on one core, and a GPU for teachers and students)
train:
    python3 training/train.py training/configs/full.toml --out training/work/full
    python3 training/train.py training/configs/second.toml --start training/work/full/final.pt --out training/work/second
    python3 training/train.py training/configs/third.toml --start training/work/second/final.pt --out training/work/third
    python3 training/train.py training/configs/finish.toml --start training/work/third/final.pt --out training/work/finish
    python3 training/train.py training/configs/fourth.toml --start training/work/second/final.pt --out training/work/fourth
    python3 training/train.py training/configs/fifth.toml --start training/work/fourth/final.pt --out training/work/fifth
    python3 training/average.py training/work/first.pt training/work/third/final.pt training/work/finish/final.pt training/work/fifth/final.pt training/work/fifth/final.pt
    for seed in 7 8; do \
        python3 training/train.py training/configs/teacher.toml --seed $seed --labels training/work/first.pt --workers 6 --out training/work/teacher-$seed; \
    done
    python3 training/train.py training/configs/student.toml --start training/work/first.pt --teacher training/work/teacher-7/final.pt training/work/teacher-8/final.pt --workers 6 --out training/work/student-11
    python3 training/train.py training/configs/student.toml --seed 12 --without plv --start training/work/first.pt --teacher training/work/teacher-7/final.pt training/work/teacher-8/final.pt --workers 6 --out training/work/student-12
    python3 training/average.py training/work/students.pt training/work/student-11/final.pt training/work/student-12/final.pt training/work/first.pt
    python3 training/train.py training/configs/polish.toml --start training/work/students.pt --out training/work/polish
    python3 training/export.py training/work/polish/final.pt models/rapporteur.safetensors --window 208
    just derive-occasions

# The fuzz targets still build
fuzz-check:
    cargo check --manifest-path fuzz/Cargo.toml

# The Python package in a virtual environment of its own (target/python), and its tests: minutes, the first time
python:
    python3 -m venv target/python
    target/python/bin/pip install --quiet './crates/python[test]'
    cd crates/python && ../../target/python/bin/python -m pytest -m 'not spark'

# The same on Spark, with workers and executors killed on the way; needs Java 17
python-spark:
    python3 -m venv target/python
    target/python/bin/pip install --quiet './crates/python[test,spark]'
    cd crates/python && ../../target/python/bin/python -m pytest -m spark

# The package beside the program, and Spark beside the program: scores/python.csv (Linux, Java 17; half an hour)
bench-python: build
    python3 -m venv --clear target/python
    rm -rf target/wheel
    target/python/bin/pip wheel --quiet --no-deps ./crates/python --wheel-dir target/wheel
    target/python/bin/pip install --quiet "$(ls target/wheel/rapporteur-*.whl)[test,spark]"
    echo set,measure,value,command > scores/python.csv
    target/python/bin/python crates/python/bench/speed.py {{shared}}/data/events/voa/stories.jsonl --wheel target/wheel/rapporteur-*.whl | tee -a scores/python.csv
    target/python/bin/python crates/python/bench/spark_speed.py {{shared}}/data/events/voa/stories.jsonl | tee -a scores/python.csv

# Run the example notebook, and fail where a cell fails
notebook: python
    target/python/bin/pip install --quiet nbconvert ipykernel matplotlib
    target/python/bin/python -m nbconvert --to notebook --execute examples/dyads.ipynb --output-dir target/notebook
