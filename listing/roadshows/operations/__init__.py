"""What changes a roadshow: planning it, its agenda, its places, its reminders."""
