"""The first page after sign-in: the state of the work in a sentence, then the work itself, by role."""
