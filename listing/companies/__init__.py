"""The bilingual showcase: who the enterprises are, what they publish, and how visitors find them."""
