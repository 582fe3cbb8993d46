"""What happened to an application: who reads all of it, in which order and in which words."""
