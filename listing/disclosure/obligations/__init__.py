"""What one company owes of its tier: its obligations, what it filed, and where it stands; computed when read."""
