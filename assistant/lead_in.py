"""What people say before what matters: "no, my face is drooping", "thanks, i passed out"."""

import re

_SAID = (
    "yes|yeah|yep|yup|aye|ok|okay|right|sure|thanks|thank you|thx|cheers|hi|hello|hey|sorry|well|hm+|um+|er+|oh|and|"
    "but|so|also|please|please help|help|actually|wait|look|listen"
)
# "No" before what somebody does or has answers a question; "no fever" denies.
_ANSWERED = "no|nope|nah|not really"
_SOMEBODY = r"i|i'?m|i'?ve|my|me|he'?s?|she'?s?|his|her|the|it'?s?|there'?s?|this|we|they|our|someone|somebody"
_LEAD_IN = re.compile(
    rf"\s*(?:(?:{_SAID})\b|(?:{_ANSWERED})\b(?=[\s,.!;:-]+(?:{_SOMEBODY})\b))[\s,.!;:-]*(?=\S)", re.IGNORECASE
)


def without(text: str) -> str:
    """Return `text` without what leads in; a message that is nothing else stays."""
    while lead_in := _LEAD_IN.match(text):
        text = text[lead_in.end() :]
    return text
