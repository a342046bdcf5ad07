"""The psycopg module that Django asks for, with connections that do not wait for ever."""

from psycopg import *  # noqa: F403 - a driver's names are those of PEP 249

from .patient import PatientConnection

connect = PatientConnection.connect
