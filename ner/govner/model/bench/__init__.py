"""The component beside other systems: sets, systems, runs that can be taken up again, a table."""
