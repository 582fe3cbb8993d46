"""The vault of evidence: identity papers, statements and licences, encrypted, opened by grant, every opening noted."""
