"""The review queue: the entries that wait for the signed-in reviewer, with the effect of each."""
