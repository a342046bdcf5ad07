"""The parts that `make run` starts on one machine:

PostgreSQL, Valkey, the service's processes, a mail catcher.
"""
