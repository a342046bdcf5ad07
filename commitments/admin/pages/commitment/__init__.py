"""A commitment at a glance: what an officer asks about it, on one page, and the ways to act on it.

A page of its own rather than the top of the edit form: clerks, reviewers and leaders read it without editing anything,
it opens fast however long the ledger is, and no half-filled form stands in the way of paging through it.
"""
