"""Python loads this at its start in every child process of a test, which finds it through PYTHONPATH."""

import offline

offline.install()
