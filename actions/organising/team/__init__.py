"""Who is on the team, with which role and where: granted, invited, taken away; what each may do is asked here."""
