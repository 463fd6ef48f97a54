"""Meaning: what plans, targets, schedules, agencies and reports say. No files, no clock, no printing."""
