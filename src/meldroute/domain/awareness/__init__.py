"""Making people alert to trafficking: what is done, for whom, and who was reached (plan R4.3-R4.5, R4.7-R4.10)."""
