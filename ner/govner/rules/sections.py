"""What the sections of the lexicons mean: the kind and the cost that each gives to its words."""

from __future__ import annotations

from . import kinds as k

# The kind that each section of a lexicon gives, and the cost of a word known from it alone.
SECTIONS: dict[str, tuple[int, float]] = {
    "central": (k.FIXED, 9.0),
    "ministry": (k.MINISTRY, 9.0),
    "media": (k.MEDIA, 9.0),
    "company": (k.COMPANY, 10.0),
    "foreign": (k.FIXED, 9.5),
    "school": (k.SCHOOL, 9.5),
    "level": (k.LEVEL, 9.0),
    "organ": (k.ORGAN, 10.0),
    "named": (k.NAMED, 10.0),
    "part": (k.PART, 10.0),
    "bare": (k.BARE, 10.0),
    "lookalike": (k.LOOKALIKE, 9.5),
    "sphere": (k.SPHERE, 10.5),
    "announce": (k.ANNOUNCE, 10.5),
    "speech": (k.SPEECH, 10.5),
    "listverb": (k.LISTVERB, 10.5),
    "honorific": (k.HONORIFIC, 10.0),
    "country": (k.COUNTRY, 9.5),
    "army": (k.ARMY, 9.5),
    "chinese": (k.LEADER, 9.0),
    "foreigner": (k.LEADER, 10.5),
    "generic": (k.GENERIC, 10.5),
    "verb": (k.VERB, 9.5),
    "vocabulary": (k.NOUN, 9.5),
    # What a person adds (see own.py): cheap, so that it goes before what is shipped.
    "persons": (k.LEADER, 6.0),
    "posts": (k.HEADPOST, 6.0),
    "bodies": (k.FIXED, 6.0),
    "places": (k.PLACE, 6.0),
    "fields": (k.SPHERE, 6.0),
    "announcers": (k.ANNOUNCE, 6.0),
}
# What a person takes away: the word keeps no other kind.
NOT: dict[str, int] = {
    "not_persons": k.NOUN,
    "not_posts": k.NOUN,
    "not_bodies": k.NOUN | k.LOOKALIKE,
}
# Bodies by name, one field of public life a file.
BODIES = ("bodies", "state", "military", "societies", "firms", "schools", "media", "abroad")
FILES = (*BODIES, "heads", "spheres", "people", "foreign", "leaders", "vocabulary")
# Parts of speech in words.tsv whose words are no part of a name.
STOP_TAGS = frozenset(
    [
        *("v", "vd", "p", "c", "u", "ud", "ug", "uj", "ul", "uv", "uz", "d", "r", "rr", "rz"),
        *("m", "mq", "q", "t", "tg", "f", "y", "e", "o", "k", "z", "zg", "a", "ad", "i", "l"),
        *("df", "vi", "vq"),
    ]
)
VERB_TAGS = frozenset(("v", "vd", "vi", "vq", "vg"))
# Words of words.tsv that hold a body and a post, or a verb and a place, and are to be read as two.
FUSED_WORDS = [
    "委以",
    "人大代表",
    "政协委员",
    "人大常委",
    "中央和国家机关",
    "任县",
    "村支书",
    "乡党委",
    "区党委",
    "村主任",
    "任组长",
]
