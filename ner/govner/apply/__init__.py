"""One predictor over many documents."""
