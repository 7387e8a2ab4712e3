"""Texts that ask more than they hold: for each kind, a text of about the size asked for.

The tests see that they get an answer, the benchmark that the answer's time grows with the size and no faster.
"""

from collections.abc import Callable

HEAD = "Home\n\nMalta vs. Aruba\n\nTransnational Issues\n\nMaltaAruba\n"

HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of a cell": lambda n: f"{HEAD}Illicit drugs{'transit point for heroin; ' * (n // 26)}",
    "one line of nothing": lambda n: "x" * n,
    "one line of blanks": lambda n: HEAD + " " * n + "x",
    "pipes": lambda n: f"{HEAD}{'|' * n}",
    "pipes and blanks": lambda n: f"{HEAD}Area {'| ' * (n // 2)}",
    "brackets": lambda n: f"{HEAD}Illicit drugs{'(' * (n // 2)}x{')' * (n // 2)}",
    "open brackets": lambda n: f"{HEAD}Refugees and internally displaced persons{'(a ' * (n // 3)}",
    "quotes": lambda n: f"{HEAD}Illicit drugs{chr(34) * n}",
    "labels": lambda n: HEAD + "Illicit drugs\n" * (n // 14),
    "sub-labels": lambda n: f"{HEAD}Refugees and internally displaced persons{'IDPs: 5 (2019) ' * (n // 15)}",
    "digits": lambda n: f"{HEAD}Area{'1,234 ' * (n // 6)}",
    "empty lines": lambda n: HEAD + "\n" * n + "Area1 sq km2 sq km",
    "titles": lambda n: "Malta vs. Aruba\n" * (n // 16),
    "headers": lambda n: HEAD + "MaltaAruba\n" * (n // 11),
    "semicolons": lambda n: f"{HEAD}Disputes - international{'; ' * (n // 2)}",
    "tabs": lambda n: HEAD + "Area\t" * (n // 5),
    "hyphens": lambda n: HEAD + "-" * n,
    "one character": lambda n: f"{HEAD}Illicit drugs{'a' * n}",
    "rows": lambda n: HEAD + "Illicit drugstransit point for heroin bound for Western Europe; none\n" * (n // 70),
    "names": lambda n: f"{HEAD}Disputes - international{'Kazakhstan and Guinea-Bissau ' * (n // 29)}",
}
