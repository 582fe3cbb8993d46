"""Pages about people and organisations; the account library's own pages are templates/security/."""
