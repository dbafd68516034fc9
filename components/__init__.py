"""What plugs into Rasa: the NLU pipeline, the response guard and the HTTP channel."""
