"""Labelled sentences and messages, and the one command that trains on them: ``python -m training``."""
