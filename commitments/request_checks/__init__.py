"""The gate: it checks each request before other code reads it, and refuses text that cannot be stored."""
