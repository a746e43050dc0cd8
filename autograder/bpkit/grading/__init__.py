"""Many submissions: taking them in, grading them, and a ledger of what came out."""
