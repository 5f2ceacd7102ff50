"""Request -> letter, and HTML and PDF for reports; only imports of jinja2 and weasyprint."""
