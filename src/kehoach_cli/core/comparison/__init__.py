"""Two versions of plans compared for people: what changed, in sentences, whom it concerns, and what it means."""
