"""What every page shares: language, layout, forms, formats, errors, headers. Knows no business."""
