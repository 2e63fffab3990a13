"""Pydantic's ``BaseModel``; the stub beside this is what checkers read of it."""

from pydantic import BaseModel, ConfigDict

__all__ = ["BaseModel", "ConfigDict"]
