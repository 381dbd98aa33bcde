"""Words as they are looked for, and stems like PostgreSQL's own Swedish ones."""

import pytest
from sqlalchemy import text

from app.core.db import Database
from app.find.stem import WORD_MAX, stem, words_in
from tests.support import on_postgresql

#: As hosts write; all forms of some words.
FORMS = """
klotter klottret klottrade klottrar klottrat klottrande ungdom ungdomar ungdomarna ungdomars ungdomsgård
lampa lampan lampor lamporna lampornas trasig trasiga trasigt belysning belysningen skadegörelse skadegörelsen
cykel cyklar cyklarna moped mopeder mopederna flicka flickor flickorna flickornas pojke pojkar pojkarna
berusad berusade berusat full fulla fullt lös löst lösa vänlig vänligt vänliga biblioteket bibliotek bibliotekets
stationen station stationens parkering parkeringen garage garaget trappan trappor bänk bänken bänkarna
bråk bråkade bråkar rökte röker rökning fyrverkeri fyrverkerier hund hundar hundarnas glas krossat krossade
rädd rädda öppet öppen stängd stängt stängda kallt varm varma park parken parker parkerna skola skolan skolor
händelse händelser händelserna polis polisen polisens väktare väktaren väktarna snö snöar is isigt halt hala
tvist tvister friluftslivets arbetslösheten tillsammans nyckel nycklar brand brinner brann rök röken kvinna
"""


@on_postgresql
def test_stems_are_those_of_postgresql(db: Database) -> None:
    with db.read() as conn:
        ask = text("SELECT ts_lexize('swedish_stem', :word)")
        theirs = {word: (conn.execute(ask, {"word": word}).scalar_one() or [word])[0] for word in FORMS.split()}
    other = {word for word in FORMS.split() if stem(word) != theirs[word]}
    assert "biblioteket" in other
    assert [word for word in other if not word.endswith(("an", "ans", "et", "ets"))] == []


def test_forms_of_a_word_have_one_stem() -> None:
    assert len({stem(word) for word in ("lampa", "lampan", "lampor", "lamporna", "lampornas")}) == 1
    assert stem("klottrade") == stem("klottrar") != stem("klippte")
    assert stem("bibliotek") == stem("biblioteket") == stem("bibliotekets") != stem("bil")


@pytest.mark.parametrize(("said", "words"), [
    ("Kafé Ängen, plan -2!", ["kafe", "ängen", "plan", "2"]), ("a\u030angra o\u0308ppet", ["ångra", "öppet"]),
    ("hål hal", ["hål", "hal"]), ("SÖDRA_väggen\n3-5", ["södra", "väggen", "3", "5"]), ("Ærø", ["ärö"]),
    ("“Grillen” 🙂 '' \"*\" NEAR/3", ["grillen", "near", "3"]), ("", []), ("İ", ["i"]), ("ﬁn", ["fin"]),
])  # fmt: skip
def test_words(said: str, words: list[str]) -> None:
    assert words_in(said) == words


def test_a_word_without_end_is_cut() -> None:
    assert words_in("x" * 5000) == ["x" * WORD_MAX]
