"""Reading what coders coded differently, side by side, and settling it."""
