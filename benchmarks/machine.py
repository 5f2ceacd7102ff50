"""On which machine, and with which versions, something was measured."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PARTS = ("duckdb", "markdown-it-py", "pikepdf", "rightskit", "rich", "sqlalchemy", "sqlcipher3", "weasyprint")


def machine() -> dict[str, object]:
    """Processor, cores, memory, system and versions."""
    return {
        "processor": _line(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": _line(Path("/etc/os-release"), "PRETTY_NAME", "=").strip('"') or platform.platform(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "sqlite_of_python": sqlite3.sqlite_version,
        "versions": {name: found for name in PARTS if (found := _version(name))},
    }


def load() -> float:
    """Processes that wanted a core in the last minute, on average: near 0 on a quiet machine."""
    return os.getloadavg()[0]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _line(path: Path, key: str, sign: str = ":") -> str:
    """What stands behind a key in a file of the system; empty where it is not there."""
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.partition(sign)[2].strip() for line in lines if line.partition(sign)[0].strip() == key), "")
