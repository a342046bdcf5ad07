"""Reading of unchecked spreadsheets, in plain Python in a bounded process of its own."""
