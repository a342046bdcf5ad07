from hypothesis import settings

# A machine that does other things as well is slow now and then; that says nothing of the rules.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
