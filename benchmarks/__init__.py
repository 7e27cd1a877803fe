"""How fast, as ratios to a calibration loop of the same run: machines differ, ratios less."""
