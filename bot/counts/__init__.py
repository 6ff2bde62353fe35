"""What people ask, counted without knowing who."""
