"""The console command `migraine`: one file a verb, thin over plain functions."""
