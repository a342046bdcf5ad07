"""What holds for every file that a spreadsheet opens: the ones that are handed in, handed out and exported."""
