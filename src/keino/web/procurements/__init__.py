"""The hub: one procurement from need to follow-up, its dialogue, assessment, contract and what was learnt."""
