"""Returned data -> observations -> pool."""
