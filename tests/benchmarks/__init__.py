"""Speed as ratios, side by side in one run: Mutmacher beside the least that other libraries can do."""

ANSWER = "<b>Was hier geht</b>\n" + "Themen nennen, Menschen kennenlernen, ein Versprechen geben. " * 4
