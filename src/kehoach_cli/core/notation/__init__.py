"""Printed phrases and what they mean: targets and schedules."""
