"""Investors are admitted: what they answer, who looks at it, what was decided and how long it holds."""
