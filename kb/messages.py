# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checker says, in Italian and in English.

Each message tells what must hold, then what was found, then what to do. Codes that pydantic
gives its own errors stand beside ours.
"""

from collections.abc import Mapping
from typing import Any

#: code: (Italian, English). ``{near}`` is filled with a suggestion or with nothing.
MESSAGES: dict[str, tuple[str, str]] = {
    # The file.
    "size": (
        "un file non supera {limit} kB: ne ha {found}; accorciare il testo",
        "a file stays under {limit} kB: it has {found}; shorten the text",
    ),
    "encoding": (
        "il file deve essere in UTF-8: qui c'è un carattere di un'altra codifica; "
        "salvare di nuovo scegliendo «UTF-8»",
        "the file must be UTF-8: there is a byte of another encoding here; save it again as UTF-8",
    ),
    "front_matter_missing": (
        "il file deve cominciare con una riga «---» e i campi: manca; "
        "partire da «kb new» o copiare una scheda",
        "the file must begin with a line '---' and the fields: missing; "
        "start from 'kb new' or copy an entry",
    ),
    "front_matter_open": (
        "i campi devono finire con una riga «---»: manca; aggiungerla prima del testo",
        "the fields must end with a line '---': missing; add it before the text",
    ),
    "front_matter_shape": (
        "l'intestazione deve essere un elenco di campi «nome: valore»: non lo è; "
        "mettere i due punti dopo ogni nome",
        "the front matter must be a list of 'name: value' fields: it is not; "
        "put a colon after each name",
    ),
    "key_twice": (
        "un campo si scrive una volta sola: qui è ripetuto; togliere una delle due righe",
        "a field is written once: it is repeated here; remove one of the two lines",
    ),
    "yaml": (
        "l'intestazione non si legge ({found}); controllare rientri e virgolette di questa riga",
        "the front matter cannot be read ({found}); check indents and quotes on this line",
    ),
    "yaml_block": (
        "i campi di uno stesso gruppo hanno lo stesso rientro e le virgolette si chiudono: "
        "qui la lettura si è interrotta; controllare i rientri di questa riga, "
        "e più su una virgoletta aperta e non chiusa",
        "fields of one group have the same indent and quotes are closed: reading stopped here; "
        "check the indents of this line, and an opened quote further up",
    ),
    "yaml_tab": (
        "i rientri si fanno con spazi: qui c'è un tabulatore; sostituirlo con due spazi",
        "indents are made of spaces: there is a tab here; replace it with two spaces",
    ),
    "yaml_colon": (
        "un testo che contiene «: » va fra virgolette: qui ce n'è uno senza; "
        'scriverlo fra «"» e «"»',
        "a text that contains ': ' goes in quotes: here is one without; "
        "put it between double quotes",
    ),
    "yaml_key": (
        "ogni campo ha i due punti e uno spazio dopo il nome: qui mancano; scrivere «nome: valore»",
        "each field has a colon and a space after its name: missing here; write 'name: value'",
    ),
    "yaml_quote": (
        "le virgolette aperte vanno chiuse: qui non lo sono; aggiungere la virgoletta finale",
        "an opened quote must be closed: it is not; add the closing quote",
    ),
    "yaml_list": (
        "un elenco fra parentesi quadre va chiuso con «]»: qui non lo è; chiuderlo, "
        "o mettere fra virgolette le voci che contengono segni come «?» o «:»",
        "a list in square brackets ends with ']': it does not here; close it, "
        "or quote the items that contain signs such as '?' or ':'",
    ),
    "yaml_alias": (
        "un valore non comincia con «*»: qui sì; metterlo fra virgolette",
        "a value does not begin with '*': this one does; put it in quotes",
    ),
    "yaml_tag": (
        "un valore non comincia con «!»: qui sì; metterlo fra virgolette",
        "a value does not begin with '!': this one does; put it in quotes",
    ),
    "character": (
        "il file contiene solo testo: in questa riga c'è un carattere di controllo; cancellarlo",
        "a file holds text only: there is a control character on this line; delete it",
    ),
    # Folders and names.
    "file_place": (
        "una pratica sta in practices/<città>/<nome>.md: questo file no; spostarlo",
        "a practice lives in practices/<authority>/<name>.md: this file does not; move it",
    ),
    "file_missing": (
        "il vocabolario deve esserci: questo file manca; aggiungerlo o riprenderlo da git",
        "the vocabulary must exist: this file is missing; add it or take it back from git",
    ),
    "folder_name": (
        "il nome di una cartella ha solo lettere minuscole senza accenti, cifre e trattini: "
        "«{found}»; rinominarla",
        "a folder name has only lower-case unaccented letters, digits and hyphens: '{found}'; "
        "rename it",
    ),
    "file_name": (
        "il nome del file ha solo lettere minuscole senza accenti, cifre e trattini: «{found}»; "
        "rinominarlo, per esempio «{near}.md»",
        "a file name has only lower-case unaccented letters, digits and hyphens: '{found}'; "
        "rename it, for instance '{near}.md'",
    ),
    "authority_missing": (
        "ogni cartella di città ha il file authority.md: manca in «{found}»; "
        "aggiungerlo o spostare le schede{near}",
        "every authority folder has a file authority.md: missing in '{found}'; "
        "add it or move the entries{near}",
    ),
    "slug_twice": (
        "il nome di una scheda è unico in tutta la base: esiste già {found}; "
        "rinominare una delle due",
        "the name of an entry is unique in the whole base: {found} exists already; "
        "rename one of them",
    ),
    "title_taken": (
        "il nome nel titolo dà l'indirizzo alla scheda, e «{found}» c'è già; "
        "se è la stessa pratica correggere quella, altrimenti cambiare il titolo",
        "the name in the title gives the entry its address, and '{found}' exists already; "
        "if it is the same practice mend that entry, else change the title",
    ),
    "title_nameless": (
        "il titolo dà l'indirizzo alla scheda: qui mancano lettere o cifre; scriverle",
        "the title gives the entry its address: there are no letters or digits; write some",
    ),
    "alias_taken": (
        "un vecchio indirizzo non può essere usato da un'altra scheda: «{found}» lo è; toglierlo",
        "an old address cannot belong to another entry: '{found}' does; remove it",
    ),
    "alias_missing": (
        "una scheda rinominata tiene il vecchio indirizzo: manca «{found}» fra gli «aliases»; "
        "aggiungere «aliases: [{found}]»",
        "a renamed entry keeps its old address: '{found}' is missing among its 'aliases'; "
        "add 'aliases: [{found}]'",
    ),
    "term_twice": (
        "un codice compare una volta sola nel vocabolario: «{found}» è ripetuto; "
        "togliere un doppione",
        "a code appears once in a vocabulary: '{found}' is repeated; remove one",
    ),
    "answer_empty": (
        "una risposta della guida indica almeno un filtro con una voce: questa no; "
        "aggiungerne una, per esempio «target_group: [anziani]»",
        "an answer of the guide names at least one filter with a term: this one does not; "
        "add one, for instance 'target_group: [anziani]'",
    ),
    "facet_twice": (
        "un filtro appartiene a una domanda sola: «{found}» è già di «{other}»; "
        "spostare la risposta in quella domanda o usare un altro filtro",
        "a filter belongs to one question: '{found}' is of '{other}' already; "
        "move the answer to that question or use another filter",
    ),
    "vocabulary_shape": (
        "un vocabolario è un elenco di voci che cominciano con «- id:»: questo no; correggerlo",
        "a vocabulary is a list of terms that begin with '- id:': this one is not; mend it",
    ),
    "label_twice": (
        "un nome indica un solo concetto: «{found}» è già di «{other}»; toglierlo da uno dei due",
        "a label names one concept: '{found}' belongs to '{other}' already; remove it from one",
    ),
    "concept_circle": (
        "un concetto non è più ampio di se stesso: «{found}» lo diventa; correggere «broader»",
        "a concept is not broader than itself: '{found}' becomes so; mend 'broader'",
    ),
    # Values.
    "invalid": (
        "il valore non è ammesso: «{found}»; guardare come è scritto in un'altra scheda",
        "the value is not allowed: '{found}'; see how another entry writes it",
    ),
    "listed_twice": (
        "una voce compare una volta sola nell'elenco: «{found}» è ripetuta; toglierne una",
        "an item appears once in the list: '{found}' is repeated; remove one",
    ),
    "missing": (
        "il campo è obbligatorio: manca; aggiungerlo",
        "the field is required: it is missing; add it",
    ),
    "extra_forbidden": (
        "il nome del campo deve essere uno di quelli previsti: questo non lo è{near}; "
        "correggerlo o toglierlo",
        "the field must be one of the known ones: this is not{near}; mend or remove it",
    ),
    "string_type": (
        "deve essere un testo: è un elenco o un gruppo di campi; scriverlo su una riga",
        "it must be a text: it is a list or a group of fields; write it on one line",
    ),
    "string_too_short": (
        "il campo non può essere vuoto: lo è; scrivere un valore o togliere la riga",
        "the field cannot be empty: it is; write a value or remove the line",
    ),
    "string_too_long": (
        "il testo ha al massimo {max_length} caratteri: ne ha {length}; accorciarlo",
        "the text has at most {max_length} characters: it has {length}; shorten it",
    ),
    # Texts of a fixed form: the codes of kb.types.PATTERNS.
    "slug": (
        "un codice ha solo lettere minuscole senza accenti, cifre e trattini: «{found}»; "
        "correggerlo, per esempio «orti-urbani»",
        "a code has only lower-case unaccented letters, digits and hyphens: '{found}'; "
        "mend it, for instance 'orti-urbani'",
    ),
    "email": (
        "deve essere un indirizzo e-mail, senza spazi: «{found}»; "
        "scriverlo intero, per esempio «ufficio@comune.esempio.it»",
        "it must be an e-mail address, without spaces: '{found}'; "
        "write it whole, for instance 'ufficio@comune.esempio.it'",
    ),
    "source_code": (
        "il codice di una fonte o di un passo comincia con una lettera minuscola e ha solo "
        "lettere minuscole, cifre e trattini: «{found}»; correggerlo, per esempio «s1»",
        "the code of a source or of a step begins with a lower-case letter and has only "
        "lower-case letters, digits and hyphens: '{found}'; mend it, for instance 's1'",
    ),
    "link": (
        "un collegamento è fatto di due codici di passi e di una freccia: «{found}»; "
        "scriverlo così: «i1 -> a1»",
        "a link is made of two codes of steps and an arrow: '{found}'; write it so: 'i1 -> a1'",
    ),
    "istat": (
        "il codice ISTAT di un comune ha sei cifre, con gli zeri iniziali: «{found}»; "
        "correggerlo, per esempio «015146»",
        "the ISTAT code of a municipality has six digits, leading zeros included: '{found}'; "
        "mend it, for instance '015146'",
    ),
    "ipa": (
        "il codice IPA ha solo lettere minuscole, cifre e trattini bassi: «{found}»; "
        "correggerlo, per esempio «c_f205»",
        "an IPA code has only lower-case letters, digits and underscores: '{found}'; "
        "mend it, for instance 'c_f205'",
    ),
    "nuts": (
        "il codice NUTS ha due lettere maiuscole e al massimo altri tre segni, lettere maiuscole "
        "o cifre: «{found}»; correggerlo, per esempio «ITC4C»",
        "a NUTS code has two capital letters and at most three more signs, capital letters "
        "or digits: '{found}'; mend it, for instance 'ITC4C'",
    ),
    "literal_error": (
        "il valore deve essere uno di: {expected}: «{found}»{near}; correggerlo",
        "the value must be one of: {expected}: '{found}'{near}; mend it",
    ),
    "too_short": (
        "l'elenco deve avere almeno {min_length} voce: ne ha {actual_length}; aggiungerla",
        "the list must have at least {min_length} item: it has {actual_length}; add one",
    ),
    "too_long": (
        "l'elenco ha al massimo {max_length} voci: ne ha {actual_length}; toglierne",
        "the list has at most {max_length} items: it has {actual_length}; remove some",
    ),
    "tuple_type": (
        "deve essere un elenco: è un valore solo; scriverlo fra parentesi quadre o con «- »",
        "it must be a list: it is a single value; write it in square brackets or with '- '",
    ),
    "model_type": (
        "deve essere un gruppo di campi: è un valore solo; scrivere i campi rientrati di due spazi",
        "it must be a group of fields: it is a single value; "
        "write the fields indented by two spaces",
    ),
    "int_parsing": (
        "deve essere un numero intero: «{found}»; scrivere solo cifre",
        "it must be a whole number: '{found}'; write digits only",
    ),
    "decimal_parsing": (
        "deve essere un numero: «{found}»; scrivere solo il numero in cifre, "
        "per esempio 25000 o 25000.50",
        "it must be a number: '{found}'; write the number only, in digits, "
        "for instance 25000 or 25000.50",
    ),
    "thousands": (
        "con tre cifre dopo il punto non si sa se è un numero mille volte più grande: «{found}»; "
        "scriverlo senza punti (200000), o con un'altra cifra decimale (16.4540)",
        "with three digits after the point it may be a number a thousand times larger: '{found}'; "
        "write it without points (200000), or with another decimal digit (16.4540)",
    ),
    "float_parsing": (
        "deve essere un numero: «{found}»; scrivere solo cifre e il punto decimale",
        "it must be a number: '{found}'; write digits and a decimal point only",
    ),
    "bool_parsing": (
        "deve essere true o false: «{found}»; correggerlo",
        "it must be true or false: '{found}'; mend it",
    ),
    "greater_than": (
        "il numero deve essere maggiore di {gt}: «{found}»; correggerlo",
        "the number must be greater than {gt}: '{found}'; mend it",
    ),
    "greater_than_equal": (
        "il numero deve essere almeno {ge}: «{found}»; correggerlo",
        "the number must be at least {ge}: '{found}'; mend it",
    ),
    "less_than_equal": (
        "il numero deve essere al massimo {le}: «{found}»; correggerlo",
        "the number must be at most {le}: '{found}'; mend it",
    ),
    "vocabulary": (
        "deve essere una voce di «{vocabulary}»: «{found}» non c'è{near}; usare una voce esistente",
        "it must be a term of '{vocabulary}': '{found}' is not{near}; use an existing term",
    ),
    "date": (
        "la data si scrive 2024, 2024-12 o 2024-12-18: «{found}»; correggerla",
        "a date is written 2024, 2024-12 or 2024-12-18: '{found}'; mend it",
    ),
    "day": (
        "serve il giorno, scritto 2024-12-18: «{found}»; completarlo",
        "a day is needed, written 2024-12-18: '{found}'; complete it",
    ),
    "date_future": (
        "la data non può essere nel futuro: «{found}»; correggerla",
        "the date cannot be in the future: '{found}'; mend it",
    ),
    "period_order": (
        "la fine non viene prima dell'inizio: inizio {start}, fine {end}; scambiarle o correggerle",
        "the end does not come before the start: start {start}, end {end}; swap or mend them",
    ),
    "review_order": (
        "la prossima verifica viene dopo l'ultima, del {reviewed}: «{found}»; scrivere un giorno "
        "successivo o togliere la riga",
        "the next review comes after the last, of {reviewed}: '{found}'; write a later day "
        "or take the line away",
    ),
    "period_empty": (
        "il periodo ha un inizio, o una nota che dice perché manca: non c'è né l'uno né l'altra; "
        "aggiungere «start» o «note»",
        "a period has a start, or a note that says why not: there is neither; "
        "add 'start' or 'note'",
    ),
    "url": (
        "deve essere un indirizzo completo che comincia con http:// o https://: «{found}»; "
        "correggerlo",
        "it must be a full address that begins with http:// or https://: '{found}'; mend it",
    ),
    "node_unfounded": (
        "un passo della teoria del cambiamento ha una fonte o «editorial: true»: qui mancano; "
        "aggiungere uno dei due",
        "a step of a theory of change has a source or 'editorial: true': both missing; add one",
    ),
    "node_twice": (
        "il codice di un passo è unico: «{found}» è ripetuto; cambiarne uno",
        "the code of a step is unique: '{found}' is repeated; change one",
    ),
    "link_end": (
        "un collegamento unisce due passi esistenti: «{found}» non c'è; correggere il codice",
        "a link joins two existing steps: '{found}' does not exist; mend the code",
    ),
    "adoption_who": (
        "un'adozione ha «authority» (città della base) oppure «name» (altra città): "
        "qui nessuno o tutti e due; tenerne uno",
        "an adoption has 'authority' (in the base) or 'name' (elsewhere): neither or both here; "
        "keep one",
    ),
    "source_twice": (
        "il codice di una fonte è unico: «{found}» è ripetuto; cambiarne uno",
        "the code of a source is unique: '{found}' is repeated; change one",
    ),
    "self_related": (
        "una scheda non rimanda a se stessa: qui sì; togliere il rimando",
        "an entry does not refer to itself: this one does; remove the reference",
    ),
    # Citations.
    "citation_unknown": (
        "una citazione rimanda a una fonte dell'elenco «sources»: «{found}» non c'è{near}; "
        "correggere il codice o aggiungere la fonte",
        "a citation refers to a source of the list 'sources': '{found}' is not there{near}; "
        "mend the code or add the source",
    ),
    "source_uncited": (
        "ogni fonte è citata almeno una volta: «{found}» non lo è; "
        "citarla con «[^{found}]» o toglierla",
        "every source is cited at least once: '{found}' is not; "
        "cite it with '[^{found}]' or remove it",
    ),
    "figure_uncited": (
        "ogni cifra ha una fonte: questo testo ne contiene una e non cita nessuno; "
        "aggiungere «[^s1]» con il codice della fonte",
        "every figure has a source: this text has one and cites nobody; "
        "add '[^s1]' with the code of the source",
    ),
    # Body.
    "heading_missing": (
        "il testo deve avere la sezione «## {expected}»: manca; aggiungerla",
        "the text must have the section '## {expected}': it is missing; add it",
    ),
    "heading_unknown": (
        "le sezioni sono: {expected}: «{found}» non c'è{near}; correggere il titolo",
        "the sections are: {expected}: '{found}' is not one of them{near}; mend the heading",
    ),
    "heading_twice": (
        "una sezione compare una volta sola: «{found}» è ripetuta; unire i due testi",
        "a section appears once: '{found}' is repeated; join the two texts",
    ),
    "heading_order": (
        "le sezioni seguono l'ordine fisso: «{found}» viene dopo «{previous}»; spostarla",
        "sections keep the fixed order: '{found}' comes after '{previous}'; move it",
    ),
    "heading_level": (
        "nel testo i titoli cominciano con «##»: questo comincia con «#»; aggiungere un «#»",
        "headings in the text begin with '##': this one begins with '#'; add a '#'",
    ),
    "section_empty": (
        "una sezione contiene del testo: «{found}» è vuota; scriverlo o togliere il titolo",
        "a section contains text: '{found}' is empty; write it or remove the heading",
    ),
    "leftovers": (
        "sotto «## {found}» resta ciò che «kb import» non ha saputo collocare: una scheda pronta "
        "non ce l'ha; spostare ogni voce nel campo o nella sezione giusta, poi togliere il titolo",
        "an entry has nothing left under '## {found}': 'kb import' could not place it; "
        "move each item to the right field or section, then remove the heading",
    ),
    "text_outside": (
        "il testo sta sotto un titolo «##»: qui è prima del primo; spostarlo",
        "text stands under a '##' heading: this is before the first; move it",
    ),
}

NEAR = (" (forse «{}»?)", " (perhaps '{}'?)")


def say(code: str, lang: str, params: Mapping[str, Any]) -> str:
    """Return the message *code* in *lang* (``it`` or ``en``), filled with *params*.

    A code without a text of its own (pydantic has many) is said in general words.
    """
    if code not in MESSAGES:
        code, params = "invalid", {"found": params.get("found", "")}
    column = ("it", "en").index(lang)
    filled = dict(params)
    if code != "file_name":
        near = filled.get("near")
        filled["near"] = NEAR[column].format(near) if near else ""
    return MESSAGES[code][column].format(**filled)
