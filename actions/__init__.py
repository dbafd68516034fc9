"""Custom actions: read the conversation, call one plain function, say what follows. No wording lives here."""
