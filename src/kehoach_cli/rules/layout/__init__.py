"""K7: the layout of Word documents."""
