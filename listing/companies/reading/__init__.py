"""Files of companies as somebody sends them: CSV, XLSX or JSON lines in whatever encoding, read into facts."""
