"""Whether an investor is suited to a company: levels of both, the matrix between them, and what was confirmed twice."""
