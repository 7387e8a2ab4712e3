"""The parts that read ``Disputes - international``; ``docs/disputes.md`` describes their rules."""
