"""Taking a tier, noting what happened, filing; waivers, the steps of the ladder, reminders."""
