"""What people asked to be told: new companies of a saved search, changes of companies they watch."""
