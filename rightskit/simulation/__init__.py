"""Invented members and invented controllers that answer; nothing leaves the machine."""
