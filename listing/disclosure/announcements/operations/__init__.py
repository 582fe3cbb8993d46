"""What is done with an announcement: written, signed by another, released in its window, corrected, withdrawn."""
