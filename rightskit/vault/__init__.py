"""Keeps what the rooms above make; only import of sqlalchemy."""
