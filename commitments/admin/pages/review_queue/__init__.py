"""The review queue: what waits for whoever is signed in, with what each entry would change."""
