"""How often each kind of edit is made at a random place, and how many of them must be caught."""

import os

# More of them: KEHOACH_ROUNDS=15. One of fifteen may be an edit that no file can show.
ROUNDS = int(os.environ.get("KEHOACH_ROUNDS", "5"))
CAUGHT = ROUNDS - ROUNDS // 15
