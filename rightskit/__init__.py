"""rightskit: the collective GDPR rights-request toolkit."""

__version__ = "0.1.0"
