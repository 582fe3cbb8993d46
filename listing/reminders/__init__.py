"""The scheduler process and its ticks: what has to happen because time passes, not because somebody asked."""
