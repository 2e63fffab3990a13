"""The subcommands, one module each: NAME, HELP, ``add_arguments`` and ``run``."""
