"""The field itself: plans, agencies, submissions, verdicts and reports as values. No files, no clock, no printing."""
