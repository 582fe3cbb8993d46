"""The operator's review of what enterprises send: two people, comments beside each passage, and then publication."""
