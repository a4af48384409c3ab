"""Plain, deterministic makers of rows, one a model. Nothing here is random and nothing asks the real clock."""
