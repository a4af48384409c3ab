from hypothesis import given
from hypothesis import strategies as st

from kit.diff import rewritten, same_words, word_diff

WORDS = st.lists(st.sampled_from(["the", "board", "met", "in", "June", "and", "July", "\n"]), max_size=30).map(" ".join)


def joined(segments, *ops) -> list[str]:
    return "".join(text for op, text in segments if op in ops).split()


@given(WORDS, WORDS)
def test_a_diff_holds_both_texts(old, new):
    segments = word_diff(old, new)
    assert joined(segments, "equal", "insert") == new.split()
    assert joined(segments, "equal", "delete") == old.split()


def test_one_word_changed_is_one_word_marked():
    segments = word_diff("We met in June with all leads.", "We met in July with all leads.")
    assert segments == [
        ("equal", "We met in"),
        ("delete", " June"),
        ("insert", " July"),
        ("equal", " with all leads."),
    ]


def test_short_runs_between_changes_do_not_make_confetti():
    segments = word_diff("One of the four red boats left", "Two of the nine blue ships left")
    assert [op for op, _ in segments] == ["delete", "insert", "equal"]


def test_a_new_text_is_read_whole():
    assert rewritten("We bought boats for the river.", "Nobody came to the meeting in May, so it was moved.")
    assert not rewritten("We bought boats for the river.", "We bought two boats for the river.")


def test_same_words_ignore_spacing_and_case_but_not_nothing():
    assert same_words("None  new.\n", "none new.")
    assert not same_words("", "")
    assert not same_words("None new.", "None.")


def test_a_very_long_text_is_compared_by_lines():
    old = "\n".join(f"line {number} of words" for number in range(3000))
    segments = word_diff(old, old.replace("line 7 of", "line seven of"))
    assert ("delete", "line 7 of words\n") in segments
