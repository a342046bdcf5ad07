"""The public, read-only API: one module per resource, each with its serializer, its filters and its views."""
