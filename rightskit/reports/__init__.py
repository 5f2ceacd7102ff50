"""Figures and pages: read-only views."""
