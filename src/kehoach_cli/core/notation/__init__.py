"""Printed phrases and their meaning: targets and schedules."""
