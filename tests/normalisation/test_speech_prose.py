"""Plain prose is spoken as it is written: no false alarm where no figure, symbol, capital run or short form stands."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.normalisation import Context, gather_context, split_sentences, verbalise
from audiobuild.sources.edition import read_edition
from tests.material import shared

_WORD = r"(?:[A-ZÀ-Þ]?[a-zß-ÿ]+|[AIO])(?:[’'-][A-Za-z]?[a-zß-ÿ]*)*"
PLAIN = re.compile(rf"(?:(?<![^\W_]){_WORD}(?![^\W_])|[ ,;:()])+[.?!]")
SHORT_FORMS = re.compile(r"--|\b(?:etc|vs|Esq)\b|\b(?:[Tt]ypes?|Dionysius) I\b")
"""What looks like words and is none: a dash on a typewriter, a short form without its stop, a numeral."""

TRICKY = """
You may march to the polish of a different drum.
May I ask why Polish plumbers march in May?
In March they may march again, and the march of time is slow in March.
Her Polish was good, her polish better.
It is no use; most of us are in the red.
Am I late, or is it just me?
Who is it for, and who are we to ask?
Tell us what it is that makes us who we are.
Is it true that it is us?
It is what it is.
The sun sat low and the cat sat on the mat.
They wed in a barn, and the guests sat on hay.
He sat the exam on a day when the sun shone.
We wed on a Wednesday, as it happens.
Mark my words: the mark on the wall is fresh.
In the matter of Mark, we mark time.
Mark was ill in the car and ill at ease at home.
Ill winds blow, and ill men too.
My pa and my ma are well.
Ma said that Pa had gone to town.
The pa system is broken, so shout.
Oh, hi there, is that me or you?
La, said the tenor, and then me, fa, so.
Do not miss the bus, Miss Havisham.
A miss is as good as a mile, said the Miss.
Al and Ed took the lift to the roof.
His id, his ego and his temper all ran high.
Job was patient, and so was the man who lost his job.
A job is a job, said Job.
Sen taught economics for a lifetime.
Amartya Sen wrote about hunger.
Gen was a cheerful girl from Osaka.
Col by col the climbers went over the pass.
The general told the major to be less general.
She had no car. He had none.
The answer was no. Nobody cheered.
No, I do not; yes, I do.
No one is an island, and no man is either.
I, for one, am glad that it was I who told them.
He and I went in, and on, and up.
In a way, it is all as it was.
At the end of the day, we are as we were.
The co in the word is a prefix.
Come in, sit down, and be at home.
Or so it seemed to me.
The hi in the middle of the word is silent.
An ad, a sign and a van did the work.
El Salvador and El Paso are far apart.
La Paz and Los Angeles are cities.
The Ad El inn is shut.
Ok, said the boy, and off he went.
It is ok to be wrong.
Art for art’s sake, said Art.
Will will win if will alone counts.
Dot put a dot on the page, and a dash to the line.
He was a tad sad, a bit mad and not at all bad.
A gal from the sticks drank a gal of milk.
The oz in the story was a wizard.
The min and the max were both too high.
On the one hand, yes; on the other, no.
One by one, two by two, they came.
First come, first served, as they say.
For the second time in a second, it rang.
Half of them left, and a quarter stayed.
A third man took a third of it.
The score was level at the break.
He came at six, or at half past six.
The nineties were a strange time.
As if that were not enough, it rained.
An app is not an ape.
The lead in the lead pipe will lead to harm.
I read that you read.
Close the door that is close to you.
The wound was wound in linen.
Reading is good, and Reading is a town.
Bath has a bath, and Turkey eats turkey.
Jan came with Dec and Ant.
Jan, April and June are names of girls.
August is a month, and he has an august air.
He has a tan and a fan and a van.
Van Gogh and de Gaulle never met.
Le Corbusier drew it; Di Stefano saw it.
Those who can, do; those who cannot, teach.
Ye of little faith, said the vicar.
Ha, ha, he said; ho, ho, said she.
Ah, but um, er, well.
The ex of my ex is my friend.
Go to it, my son.
Ad hoc, ad lib and ad nauseam are Latin.
De facto and de jure are not the same.
Pro and con, tit for tat, to and fro.
He was in debt, in love and in Rome.
Long may it last, and may the best man win.
He did his bit in the war, and then some.
The mob ran amok in the mall.
Do as you would be done by.
It is for us to act, and for it to be us who act.
To be or not to be is the question.
Em and Di dine with Vi and Xi.
Xi met Li, and Li met Mi.
The mid-term was a mid-sized one.
My dad’s dad’s dad was a don.
The Don in Don Quixote is a title.
The rev counter is broken, so do not rev it.
A prof is a prof, and the gov is the gov.
The lit lamp, the fig tree and the mass of men.
Me and my shadow, said he to me.
"""


def paragraphs(corpus: Path) -> Iterator[str]:
    """Yield the paragraphs of the articles, of the two books and of the abstracts."""
    for path in sorted(corpus.joinpath("gov").glob("*.md")):
        yield from path.read_text(encoding="utf-8").split("\n\n")
    for path in sorted(corpus.joinpath("abbreviations").glob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()
    for path in sorted(corpus.joinpath("epub").glob("*.epub")):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.endswith(".xhtml"):
                    for found in re.findall(r"<p[ >].*?</p>", book.read(name).decode(), flags=re.DOTALL):
                        yield html.unescape(re.sub(r"<[^>]+>", "", found)).replace("\u2060", "")


def plain_sentences(corpus: Path) -> list[str]:
    """Find the sentences, their double quotation marks taken off, that a reader would say just as they stand."""
    sentences = (
        re.sub('[“”"]', "", sentence)
        for paragraph in paragraphs(corpus)
        for sentence in split_sentences(" ".join(paragraph.split()))
    )
    return [each for each in sentences if PLAIN.fullmatch(each) and not SHORT_FORMS.search(each)]


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_no_plain_sentence_of_articles_and_books_is_changed(locale: str) -> None:
    sentences = plain_sentences(shared("corpus"))
    assert len(sentences) > 10_000
    context = Context(locale)
    assert [each for each in sentences if verbalise(each, context).text != each] == []


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_words_that_look_like_forms_are_words(locale: str) -> None:
    sentences = TRICKY.split("\n")
    assert [each for each in sentences if verbalise(each, gather_context([each], locale)).text != each] == []


def test_spoken_articles_are_spoken_as_they_stand() -> None:
    """The articles as they are read from their files, with all that they define, settle."""
    edition, _, _ = read_edition([shared("corpus", "gov")])
    moving = []
    for article in edition.articles:
        texts = [block.text for block in article.blocks]
        context = gather_context(texts)
        spoken = [verbalise(text, context).text for text in texts]
        moving += [text for text in spoken if verbalise(text, context).text != text]
    assert moving == []
