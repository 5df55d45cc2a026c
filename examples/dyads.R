# From the table of events to a plot of dyads: how countries dealt with each other.
#
#   Rscript examples/dyads.R tables/events.parquet dyads.pdf     a file of Tables.write_parquet
#   Rscript examples/dyads.R run/events dyads.pdf                a folder that rapporteur.spark has written
#   Rscript examples/dyads.R tables/events.csv dyads.pdf         a file of Tables.write_csv; needs no package
#
# Parquet needs the package `arrow` or, where R has none, `reticulate` and a Python with pyarrow (RETICULATE_PYTHON says which).

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2) stop("give a table of events and a PDF to write")

columns <- c("status", "actor_country", "recipient_country", "goldstein")

read_parquet <- function(file) {
  if (requireNamespace("arrow", quietly = TRUE)) {
    as.data.frame(arrow::read_parquet(file))[columns]
  } else if (requireNamespace("reticulate", quietly = TRUE)) {
    table <- reticulate::import("pyarrow.parquet")$ParquetFile(file)$read(columns = as.list(columns))
    # Python's None within a list is NULL in R, which no vector holds.
    cells <- function(column) unlist(lapply(column, function(cell) if (is.null(cell)) NA else cell))
    as.data.frame(lapply(table$to_pydict(), cells)[columns])
  } else {
    stop("Parquet needs the package `arrow`, or `reticulate` and a Python with pyarrow; CSV needs none")
  }
}

read_events <- function(path) {
  if (grepl("\\.csv$", path)) {
    return(read.csv(path, na.strings = "")[columns])
  }
  # Spark writes a folder of parts for each day.
  files <- if (dir.exists(path)) list.files(path, "\\.parquet$", recursive = TRUE, full.names = TRUE) else path
  if (length(files) == 0) stop(path, ": there is no Parquet file in this folder")
  do.call(rbind, lapply(files, read_parquet))
}

events <- read_events(arguments[1])
# Countries are text; a cell with several has `;` between them and is no dyad.
one <- function(country) !is.na(country) & !grepl(";", country)
dyads <- events[events$status == "actual" & one(events$actor_country) & one(events$recipient_country) &
                !is.na(events$goldstein), ]
if (nrow(dyads) == 0) stop("no event of this table has one country on each side")
dyads$dyad <- paste(dyads$actor_country, dyads$recipient_country, sep = " > ")
means <- sort(tapply(dyads$goldstein, dyads$dyad, mean))
counts <- table(dyads$dyad)[names(means)]

pdf(arguments[2], width = 7, height = 2 + 0.25 * length(means))
par(mar = c(4, 8, 1, 1), las = 1)
barplot(means, horiz = TRUE, xlim = c(-10, 10), names.arg = sprintf("%s (%d)", names(means), counts),
        xlab = "mean Goldstein weight of what happened (events)")
invisible(dev.off())
print(data.frame(dyad = names(means), events = as.vector(counts), goldstein = as.vector(round(means, 2))))
