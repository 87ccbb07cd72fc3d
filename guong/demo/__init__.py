"""The sample province, built only by calling the actions of the rooms. Nothing imports it."""
