"""The day of a workshop: its programme, the pledge moment, rounds, timetables, round tables, how long an MP stays, and
the wall.
"""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.pledges import State
from tests.machine.engine import BERLIN
from tests.machine.people import TEAM, People, has, organisers, people, recent

_MP = 1  # of the people
STAYS = st.sampled_from(("now", "open", "t0", "t1", "t2", "1530", "2330"))
PROGRAMME = "9:30 Begrüßung, Saal 1\n10:15–11:00 Impuls, Saal 2\n14 Uhr Tische, Foyer\n17:00 Ausklang"


class Day(People):
    @rule()
    def it_is_the_day(self):
        """The team moves the workshop to today."""
        self.taps(TEAM, "workshop_field:1:day")
        self.says(TEAM, f"{self.engine.moment.astimezone(BERLIN):%d.%m.%Y}")

    # --- the programme

    @rule(by=organisers, hours=st.sampled_from((0, 1, 6)))
    def has_a_programme(self, by, hours):
        """Again, of which some begins at another time."""
        self.taps(by, "items_send:1")
        self.says(by, PROGRAMME.replace("14 Uhr", f"{14 + hours} Uhr"))
        self.takes(by, "items_go:")

    @rule(who=people, verb=st.sampled_from(("programme_remind", "programme_remind", "programme_not")))
    def wants_to_be_reminded_of_it(self, who, verb):
        self.taps(who, f"{verb}:1")

    # --- the pledge moment

    @rule(by=organisers, minutes=st.sampled_from((10, 20)))
    def opens_a_pledge_moment(self, by, minutes):
        self.taps(by, f"moment_length:1:{minutes}")
        self.takes(by, "moment_open:")
        self.does(self.engine.tick())

    @rule(who=people, by=organisers, ends=st.booleans())
    def a_pledge_moment_is_over(self, who, by, ends):
        """For one, or for everybody."""
        self.takes(by if ends else who, "moment_end:" if ends else "moment_not:")

    # --- whom to meet, when and where

    @rule(by=organisers, sends=st.booleans())
    def plans_a_round(self, by, sends):
        self.taps(by, "round")
        self.takes(by, "round_go:" if sends else "round_drop:")

    @rule(by=organisers)
    def sends_a_timetable(self, by):
        self.taps(by, "timetable_new:1")
        self.takes(by, "timetable_go:")

    @rule(by=organisers, sure=st.booleans())
    def calls_the_timetable_off(self, by, sure):
        """Sure: at once; else one that may have been asked about a while ago."""
        if sure:
            self.taps(by, "timetable_end:1")
        self.takes(by, "timetable_off:")

    @rule(who=people)
    def cannot_come(self, who):
        _, offered = self.offered(who, "meeting:")
        for data in offered:
            if data.endswith("cant"):
                self.taps(who, data)

    @rule(by=organisers)
    def asks_to_a_round_table(self, by):
        self.taps(by, "roundtable_topics:1:0")
        self.takes(by, "roundtable_new:")
        self.takes(by, "roundtable_go:")

    @rule(who=st.sets(people), yes=st.booleans())
    def answer_the_round_table(self, who, yes):
        for each in sorted(who):
            self.takes(each, "roundtable_yes:" if yes else "roundtable_no:")

    @rule(by=organisers)
    def calls_a_round_table_off(self, by):
        self.takes(by, "roundtable_drop:")

    @rule(who=st.sampled_from((_MP, _MP, TEAM, 0, 2)), stays=STAYS)
    def says_how_long_the_mp_stays(self, who, stays):
        """The MP, whoever is in the office, the team, or somebody else."""
        self.taps(who, f"presence_is:{self.people[_MP][1]}:{stays}")

    # --- the wall

    @precondition(has(State.ACTIVE, State.ENDED))
    @rule(number=recent, side=st.integers(0, 1))
    def makes_it_public(self, number, side):
        """One side; the other may have, or not."""
        pledge = self.pledge(number, State.ACTIVE, State.ENDED)
        if (who := self.party(pledge, side)) is not None:
            self.taps(who, f"readers_are:{pledge.id}:public")

    @rule(by=organisers, shows=st.booleans())
    def decides_about_the_wall(self, by, shows):
        self.taps(by, "wall_in:1:0")
        _, offered = self.offered(by, "wall_show:" if shows else "wall_hide:")
        if offered:
            self.let(offered[0])
            self.taps(by, offered[0])
