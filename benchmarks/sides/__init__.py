"""The setup of each compared library, loaded in the process that measures it."""
