"""Readers of the training corpora: each gives documents.Document lists. `folder` is always the shared data folder."""
