"""The files of a plan, in plain Python: tables are read and checked, and become rows to compare."""
