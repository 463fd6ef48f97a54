"""K4: schedules and dates."""
