"""The public page on which anybody may have two texts checked against each other; nothing is kept."""
