"""Progress by spreadsheet: a prefilled sheet out, a filled one in, every row checked, all of it or nothing."""
