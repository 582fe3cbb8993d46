"""The database: handle, column types, transactions, the full-text index. Knows no business."""
