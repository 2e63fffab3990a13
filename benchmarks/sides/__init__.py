"""How each of the compared libraries is set up; each is loaded where it is measured."""
