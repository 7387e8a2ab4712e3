"""How fast it is, as ratios to a yardstick timed in the same run: ``python -m benchmarks [--quick]``."""
