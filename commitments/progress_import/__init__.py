"""Progress by spreadsheet: a prefilled sheet goes out, a filled one comes in, and all of it is recorded or none."""
