"""Figures one can trust: quality, speed and load, measured side by side."""
