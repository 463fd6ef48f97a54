"""What a report or a letter says, before anybody lays it out."""
