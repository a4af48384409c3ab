"""What a rating or a state looks like: its word, the weight of its ink, and a shape that survives black and white."""

# Drawn in a square of 16, filled with the colour of the text.
SHAPES = {
    "disc": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z",
    "triangle": "M8 1l7.5 14H.5z",
    "diamond": "M8 0l8 8-8 8-8-8z",
    "ring": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z",
    "dash": "M1 6.5h14v3H1z",
    "cross": "M3 1l5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5-5-5z",
    "tick": "M6.2 14L0 8l2.4-2.4 3.8 3.7L13.6 2 16 4.4z",
    "bars": "M2 1h4v14H2zm8 0h4v14h-4z",
    "square": "M1 1h14v14H1z",
    "slope": "M0 3l2-2 12 10V5h2v10H6v-3h6z",
}

# key: (word, look, shape)
RATINGS = {
    "green": ("Green", "good", "disc"),
    "amber": ("Amber", "warn", "triangle"),
    "red": ("Red", "bad", "diamond"),
    "": ("No rating", "outline", "ring"),
    "nil": ("Nil return", "outline", "dash"),
    "exempt": ("Exempt", "outline", "dash"),
    "missing": ("Missing", "bad", "cross"),
    "awaited": ("Awaited", "outline", "ring"),
    "complete": ("Complete", "accent", "tick"),
    "not_started": ("Not started", "outline", "ring"),
    "paused": ("Paused", "neutral", "bars"),
    "stopped": ("Stopped", "neutral", "square"),
    # What the measures say.
    "met": ("Met", "accent", "tick"),
    "on_track": ("On track", "good", "disc"),
    "slipping": ("Slipping", "warn", "slope"),
    "off_track": ("Off track", "bad", "diamond"),
    "no_data": ("No data yet", "outline", "ring"),
    "not_due": ("Not yet due", "outline", "dash"),
}

# key: (word, look). Red is kept for problems.
STATES = {
    "not_started": ("Not started", "outline"),
    "draft": ("Draft", "neutral"),
    "submitted": ("Submitted", "accent"),
    "changes_requested": ("Changes requested", "warn"),
    "signed_off": ("Signed off", "good"),
    "exempt": ("Exempt", "outline"),
    "nil": ("Nil return", "outline"),
    "missing": ("Missing", "bad"),
    "approved": ("Approved", "accent"),
    "in_force": ("In force", "good"),
    "closed": ("Closed", "outline"),
    "superseded": ("Superseded", "outline"),
    "planned": ("Planned", "outline"),
    "open": ("Open", "accent"),
    "overdue": ("Overdue", "bad"),
    # What became of promises.
    "kept": ("Kept", "good"),
    "partly_kept": ("Partly kept", "warn"),
    "not_kept": ("Not kept", "bad"),
    "no_data": ("No data", "outline"),
}


def rating(key) -> dict:
    """The word, look and shape of a rating or a lifecycle."""
    key = str(key or "").lower()
    word, look, shape = RATINGS.get(key, (_worded(key), "neutral", "ring"))
    return {"word": word, "look": look, "shape": SHAPES[shape]}


def state(key, label="") -> dict:
    """The word and look of a state; `label` says it in other words."""
    key = str(key or "").lower()
    word, look = STATES.get(key, (_worded(key), "neutral"))
    return {"word": label or word, "look": look, "shape": ""}


def _worded(key: str) -> str:
    return key.replace("_", " ").capitalize() or "Not known"
