"""SHACL as questions to columns: shapes as values, each constraint as one query for what breaks it."""
