"""One-to-one meetings: who meets whom, when, in which room. Pure: a problem in, an answer with its proven bound out."""
