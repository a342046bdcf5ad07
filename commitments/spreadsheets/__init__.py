"""Rules for all spreadsheet files: uploaded, handed out and exported."""
