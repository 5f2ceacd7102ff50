"""Parses, calls one flow, prints; only imports of typer and rich."""
