"""What enterprises see of an admitted investor: its short profile, part by part as far as it consented."""
