"""Checks on real data that is not in this repository (BUURTKAS_REAL_DATA, or ../shared/data). `make real` runs them."""
