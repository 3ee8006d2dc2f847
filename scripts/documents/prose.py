"""Prose for documents to be tried on: sentences that nobody has written before, the same at every run."""

from __future__ import annotations

import random

_WHO = (
    "the harbour master|a retired pilot|the county engineer|two bakers from Lund|the ferry's only passenger|a clerk named Ines"
    "|the woman at the weighbridge|an apprentice surveyor|the choir's treasurer|Mr Okafor|Dr Hallberg|the night porter"
    "|the well-known botanist|a committee of nine|the miller's brother|the last lighthouse keeper"
).split("|")
_DID = (
    "counted the barges twice|had written to the ministry in March|measured the depth of the mud|wanted no part of the quarrel"
    "|kept a record of every storm|sold the old turbine for scrap|refused to sign the second map|took the early train north"
    "|could explain the missing ledgers|planted four rows of willows|remembered the flood of the year before"
    "|found a cheaper way of drying bricks|argued for a longer pier|left a bag of copper coins behind"
).split("|")
_WHY = (
    "because the bridge was closed to heavy carts|although the council had voted against it|while rain fell on the salt pans"
    "|as if the price of rope would never rise again|since no one else in the valley could read the gauges"
    "|after an engineering report had blamed the gravel|before the new timetable came into force"
    "|even though the insurers had warned them|when the river turned brown and then green|until the money ran out in autumn"
).split("|")
_THEN = (
    "It cost {n} crowns, which was more than the whole parish earned in a week.|Nobody in the town hall would say why."
    "|In all, {n} people came to look, and most of them stayed for supper.|The papers called it a triumph; the papers were wrong."
    "|That, at any rate, is what the minutes say.|“We had expected something larger,” said one visitor, and laughed."
    "|By the following spring the figure had risen to {n} tonnes.|There was a long silence, and then a great deal of noise."
    "|What happened next was recorded in three diaries, no two of which agree.|The bell rang {n} times."
    "|Some of the water-wheels are still turning today.|A second opinion was sought, paid for and ignored."
).split("|")
_HEADS = (
    "What the gauges said|A quarrel over gravel|The second map|Salt and rope|After the flood|An unlikely treasurer"
    "|Bricks that would not dry|The price of a pier|How the ledgers were found|A bell for the valley"
).split("|")


class Prose:
    """Sentences by chance, but by the same chance for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def sentence(self) -> str:
        """Make a sentence."""
        pick = self._chance.choice
        number = f"{self._chance.randrange(12, 9_900):,}"
        shape = self._chance.randrange(5)
        if shape == 0:
            return pick(_THEN).format(n=number)
        who = pick(_WHO)
        if shape == 1:
            why = pick(_WHY)
            return f"{why[0].upper()}{why[1:]}, {who} {pick(_DID)}."
        if shape == 2:
            return f"{who[0].upper()}{who[1:]} {pick(_DID)}, and {pick(_WHO)} {pick(_DID)} {pick(_WHY)}."
        return f"{who[0].upper()}{who[1:]} {pick(_DID)} {pick(_WHY)}."

    def paragraph(self, least_words: int = 35, most_words: int = 110) -> str:
        """Make a paragraph."""
        wanted = self._chance.randrange(least_words, most_words)
        text = self.sentence()
        while len(text.split()) < wanted:
            text += f" {self.sentence()}"
        return text

    def heading(self) -> str:
        """Make a heading."""
        return self._chance.choice(_HEADS)

    def number(self, least: int, most: int) -> int:
        """Choose a number."""
        return self._chance.randrange(least, most)

    def body(self, paragraphs: int = 8) -> list[tuple[str, str]]:
        """Make the body of an article: kinds ("p", "h", "q", "li") and texts."""
        found: list[tuple[str, str]] = []
        for count in range(paragraphs):
            if count and count % 3 == 0:
                found.append(("h", self.heading()))
            found.append(("p", self.paragraph()))
            if count == paragraphs // 2:
                found.append(("q", f"“{self.paragraph(12, 25)}”"))
        if self._chance.randrange(2):
            found += [("p", "Three things were asked of them:")]
            found += [("li", self.sentence()) for _ in range(3)]
            found.append(("p", self.paragraph()))
        return found
