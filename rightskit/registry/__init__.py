"""Controllers and authorities, from controllers.yaml and imported sources."""
