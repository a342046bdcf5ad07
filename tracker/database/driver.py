"""psycopg as Django asks for it, except that its connections do not wait for ever."""

from psycopg import *  # noqa: F403 - a driver's names are those of PEP 249

from .patient import PatientConnection

connect = PatientConnection.connect
