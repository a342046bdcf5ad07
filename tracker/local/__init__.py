"""The parts that `make run` starts on one machine.

They are PostgreSQL, Valkey, the service's processes and a mail catcher.
"""
