"""What only whoever runs the platform does: copy all of it, bring a copy back, list what it is built of."""
