"""How fields of figures, shares, lists and labelled text are read: sub-labels, items, figures."""
