"""Members x registry -> requests, with mandates and consents."""
