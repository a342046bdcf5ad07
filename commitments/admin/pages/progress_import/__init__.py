"""The pages of spreadsheets: download one, upload one, look at its effect, confirm."""
