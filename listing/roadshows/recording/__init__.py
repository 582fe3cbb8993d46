"""What becomes of a roadshow once it is over: recordings, what those who took part thought, and how far they came."""
