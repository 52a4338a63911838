"""What people ask the team: threads, who takes one on, answers, reminders."""
