"""Measurements. They print figures and judge nothing; tests never time."""
