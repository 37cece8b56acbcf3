"""The rules of Segue: pure, standard library only. Today and the ledger are arguments; no clock, no randomness."""
