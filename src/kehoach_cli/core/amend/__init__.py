"""The text of a plan in force on a day: the plan as it was issued, with the amendments that apply by then."""
