"""Pure functions, frame in and frame out: roll-up, intervals, targets, judgements."""
