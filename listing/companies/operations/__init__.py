"""What can happen to a company: it is displayed, publishes, is suspended, restored, withdrawn, or imported in bulk."""
