"""The quick-log: one sheet on which an agency reports all that it owes for a period."""
