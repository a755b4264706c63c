"""Rapporten (§3.3.4): for staf veiligheid, Driehoek and council, the evaluation, and a draft of the next plan."""
