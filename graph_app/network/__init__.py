"""Networks of organisations: ties from shared work, measures, drawing and export."""
