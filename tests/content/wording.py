"""What the assistant never says, as patterns."""

FORBIDDEN = [
    r"\byou (do not |don't )?qualify",
    r"\byou are (not )?(eligible|a candidate)",
    r"\beligible\b",
    r"\bcandidate\b",
    r"\byou (probably |likely )?have (chronic )?migraine\b",
    r"\bguarantee",
    r"\bno risk",
    r"\brisk[- ]free",
    r"\bcompletely safe",
    r"\b(will|does) cure\b",
    r"\bcures\b",
    r"\b(will|always) (help|work)s?\b",
    r"\bit is probably migraine",
    r"[$£€]\s?\d",
    # Marked UNVERIFIED in our sources: not to be published.
    r"8\.4",
    r"\b49\s?%|\b11\s?%|\b10\s?%",
    r"one in three|1 in 3\b",
    r"Scottish Medicines Consortium",
    r"85258",
]
