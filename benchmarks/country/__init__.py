"""A year in a country: 450 municipalities and 1,000 hearings on one bot, in virtual time, against the simulator."""
