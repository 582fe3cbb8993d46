"""One-to-one meetings at a day of a roadshow: wishes of both sides, a timetable worked out, published and kept to."""
