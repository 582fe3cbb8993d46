"""The two languages: pairs of texts, the two scripts of Chinese, and what a search takes for the same word."""
