"""How well questions are understood, beside what people would otherwise use."""
