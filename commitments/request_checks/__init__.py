"""The gate: each request passes it before anything else reads it; what cannot be kept stays outside."""
