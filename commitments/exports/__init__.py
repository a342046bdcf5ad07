"""Lists as files: what a table shows, for a spreadsheet, harmless there and unchanged when it comes back."""
