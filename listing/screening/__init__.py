"""Lists of sanctioned persons and of persons in public office, and whom of a case they may mean; a person decides."""
