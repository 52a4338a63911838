"""Outcomes: what happened, as frozen data for `messages` to put into words, rebuilt from the database when it is said.

A field called `*_id` goes into buttons. Text fields are people's own words, which `messages` escapes.
"""
