# From the table of events to a plot of dyads: how countries dealt with each other.
#
#   Rscript examples/dyads.R tables/events.parquet dyads.pdf     a file of Tables.write_parquet
#   Rscript examples/dyads.R run/events dyads.pdf                a folder that rapporteur.spark has written
#   Rscript examples/dyads.R tables/events.csv dyads.pdf         a file of Tables.write_csv; needs no package
#
# Parquet needs the package `arrow`.

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2) stop("give a table of events and a PDF to write")

# Countries and codes are text; a cell with several countries has `;` between them and is no dyad.
read_events <- function(path) {
  columns <- c("status", "actor_country", "recipient_country", "goldstein")
  if (grepl("\\.csv$", path)) {
    return(read.csv(path, na.strings = "")[columns])
  }
  as.data.frame(arrow::Scanner$create(arrow::open_dataset(path), projection = columns)$ToTable())
}

events <- read_events(arguments[1])
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
