"""The values of the field: plans, agencies, submissions, findings. All are frozen."""
