# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From Italian text to index terms.

Lower case; split at everything that is neither letter nor digit, so that an elided article
stands alone; accents folded; stop words dropped; the dictionary form where the dictionary knows
the word (simplemma), then Snowball's Italian stemmer (Porter 2001,
https://snowballstem.org/algorithms/italian/stemmer.html). Folding comes before stemming so that
«qualità» and «qualita» meet.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import simplemma

with warnings.catch_warnings():
    # Whoosh 2.7.4 predates Python 3.12; its sources trip the compiler's string checks.
    warnings.simplefilter("ignore")
    from whoosh.lang.snowball.italian import ItalianStemmer
    from whoosh.lang.stopwords import stoplists

#: A noun as short as «orto» loses its ending too; shorter words stay as they are.
SHORT_NOUN = 4
#: Languages that readers write in, whose words are not typing errors.
LANGUAGES = ("it", "en")
WORD = re.compile(r"[^\W_]+")
#: Numbers that stand in names («Spazio 13», «Città 30»), written out.
NUMBERS = {
    "tre": "3",
    "quattro": "4",
    "cinque": "5",
    "sei": "6",
    "sette": "7",
    "otto": "8",
    "nove": "9",
    "dieci": "10",
    "undici": "11",
    "dodici": "12",
    "tredici": "13",
    "quattordici": "14",
    "quindici": "15",
    "venti": "20",
    "trenta": "30",
    "quaranta": "40",
    "cinquanta": "50",
    "sessanta": "60",
    "sessantacinque": "65",
    "cento": "100",
}
_stemmer = ItalianStemmer()


@dataclass(frozen=True)
class Token:
    """A word of a text: as written, and where (*start* and *end* count characters from 0)."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return *text* in lower case and without accents; its length may change."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


#: Whoosh's Italian list, the elided forms that it lacks, and both spellings of each; English
#: colleagues ask too.
STOP_WORDS = frozenset(
    fold(word)
    for word in {
        *stoplists["it"],
        *stoplists["en"],
        "d",
        "quest",
        "quell",
        "s",
        "n",
        "v",
        "m",
        "t",
        "c",
        "po",
    }
)


def words(text: str) -> Iterator[Token]:
    """Yield every word of *text*, stop words included."""
    for match in WORD.finditer(text):
        yield Token(match.group(), match.start(), match.end())


#: What people say around what they look for. So few documents hold these words that they would
#: seem telling in a question; they count little there.
SPOKEN = frozenset(
    fold(token.text)
    for token in words(
        """
    voglio vuoi vuole vogliamo vogliono vorrei vorremmo vorrebbe volere
    devo deve dobbiamo devono dovrebbe dovere posso può possiamo possono potrei potremmo potere
    cerco cerca cerchiamo cercano cercare trovo trova trovare troviamo
    so sa sapere sappiamo sanno conosco conosciamo conosce capire
    serve servono servirebbe occorre bisogna fa fanno fare faccio facciamo fatto far
    va vanno vado andare andiamo viene vengono venire mette mettono mettere metto mettiamo
    dare diamo danno prendere prende aiutami
    nessuno nessuna nessun qualcuno qualcosa qualche niente nulla nemmeno neanche
    troppo troppa troppi troppe tanto tanta tanti tante poco poca pochi poche
    molto molta molti molte certo certa certi certe ogni altro altra altri altre stesso stessa
    mai sempre ancora ormai già subito proprio magari forse davvero soltanto
    qui qua lì là laggiù intanto mentre cosa cose modo modi tipo
    buone pratiche esempi esempio
    need needs want wants looking look find get give help ways way
    best good practice practices
    """
    )
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of one folded word."""
    if word.startswith("comunit"):
        # «comunità» is not «comune», though Snowball makes them one.
        return "comunit"
    return _root(word)


def _root(word: str) -> str:
    """Return the stem of the dictionary form.

    Snowball takes «quartiere» and «anziano» for verbs, and leaves «orto» and «orti» apart
    because they are too short for its rules; their plurals show the way.
    """
    if len(word) >= SHORT_NOUN:
        # «sai» is more often the name of a service than a form of «sapere».
        word = fold(simplemma.lemmatize(word, lang=LANGUAGES[0]))
    if word.endswith(("iere", "iano")):
        word = word[:-1] + "i"
    stemmed = str(_stemmer.stem(word))
    if stemmed == word and len(word) >= SHORT_NOUN and word[-1] in "aeio":
        return word[:-1]
    return stemmed


@lru_cache(maxsize=200_000)
def stem_as_written(word: str) -> str:
    """Return the stem of a word as it is written, with capitals and accents."""
    return stem(NUMBERS.get(fold(word), fold(word)))


@lru_cache(maxsize=100_000)
def is_word(word: str) -> bool:
    """Tell whether a dictionary knows the folded *word*, so that it is hardly a typing error."""
    return any(simplemma.is_known(word, lang=language) for language in LANGUAGES)


def folded(text: str) -> list[str]:
    """Return every word of *text* folded, in order, numbers in figures."""
    found = (fold(token.text) for token in words(text))
    return [NUMBERS.get(word, word) for word in found]


def terms(text: str) -> list[str]:
    """Return the folded words of *text* that are not stop words, in order, unstemmed."""
    return [word for word in folded(text) if word not in STOP_WORDS]


def query_terms(text: str) -> list[str]:
    """Return the terms of a query; a query of stop words only keeps them all."""
    return terms(text) or folded(text)


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """Return the folded dictionary form of a folded Italian or English word, or the word."""
    return fold(simplemma.lemmatize(word, lang=LANGUAGES))
