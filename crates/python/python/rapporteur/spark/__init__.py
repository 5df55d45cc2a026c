"""Reads archives of news on Spark: `python -m rapporteur.spark --in ARCHIVE… --out FOLDER` (docs/scale.md).

The work is done in two jobs. The first reads: each task takes a piece of a file, or some rows of a Parquet table, and
writes a table of readings, one row a document. The second makes the flat tables of these, which costs next to nothing, and
writes them by day of publication. Every file is committed once for each task, every table once for each job, so that
whatever is killed on the way is neither lost nor doubled.
"""

from .spread import Spread, spreads

# `rapporteur.spark.job` has the run itself. It is not imported here: without pyspark the command line can still say so.
__all__ = ["Spread", "spreads"]
