"""Reading of spreadsheets, plain Python in a bounded process of its own: what it is given, nobody has checked."""
