"""What changes one-to-ones: opening them, wishing, working a timetable out, publishing it."""
