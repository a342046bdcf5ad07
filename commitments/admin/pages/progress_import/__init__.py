"""The pages of spreadsheets: download one, upload one, see what it would do, say yes."""
