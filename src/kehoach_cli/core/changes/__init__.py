"""What changed between two versions of a plan, a registry or a submission, as a list of typed changes."""
