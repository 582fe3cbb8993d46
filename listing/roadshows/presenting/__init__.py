"""The companies' side of a roadshow: asked to present, who speaks for them, and what they bring along."""
