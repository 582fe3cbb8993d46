"""湾桥 Baybridge: technology enterprises of the Greater Bay Area before investors of several markets."""
