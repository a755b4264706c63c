"""Reports for staf veiligheid, Driehoek and council: what may be printed of small numbers (plan §3.3.4, R4.18)."""
