"""The factsheet: one company on paper, Chinese and English in two columns, as PDF (docs/factsheet.md)."""
