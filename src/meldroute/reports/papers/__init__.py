"""A report as a file: tagged PDF, ODT to work on, and the draft of the next plan as a plan file."""
