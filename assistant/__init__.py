"""What the assistant knows and decides, in plain Python: imports neither rasa nor rasa_sdk."""
