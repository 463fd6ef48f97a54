"""What there is: plans, agencies, submissions, findings, as frozen values."""
