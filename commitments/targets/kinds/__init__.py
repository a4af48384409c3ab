"""The kinds of target, one a module. Each has parse(params), describe(reading, measure) and evaluate(reading, case)."""
