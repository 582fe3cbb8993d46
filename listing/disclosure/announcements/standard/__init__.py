"""Standard forms of announcements: closed texts in both languages, of which only typed fields are filled in."""
