"""Includes the modules that this package imports when they are first used, and its data files."""

from __future__ import annotations

from PyInstaller.utils.hooks import collect_data_files, collect_submodules  # pyright: ignore[reportMissingModuleSource]

hiddenimports = collect_submodules("sagemaker_typed")
datas = collect_data_files("sagemaker_typed")
