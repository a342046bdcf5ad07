"""A commitment at a glance: an officer's questions about it on one page, and the report_links to act on it.

It is a page apart from the edit form, since clerks, reviewers and leaders read it without editing. It opens fast
with a long ledger, and its pages can be turned without a half-filled form.
"""
