"""Who asks, what a page needs, and the gate between them. The table of who may do what is listing/policy.py."""
