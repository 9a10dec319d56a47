"""What to say of a name that does not exist."""

from difflib import get_close_matches


def unknown(kind: str, name: str, known: tuple[str, ...]) -> str:
    """One line: there is no such `kind`, the nearest name if one is near, else the names there are."""
    return f"no {kind} {name!r}; {suggestion(name, known)}"


def suggestion(name: str, known: tuple[str, ...]) -> str:
    """The nearest of the known names, by spelling or as a beginning, else all of them."""
    near = nearest(name, known)
    return f"known: {', '.join(known)}" if near is None else f"did you mean {near!r}?"


def nearest(name: str, known: tuple[str, ...]) -> str | None:
    """The known name that begins so, else the one that is spelt most alike, if any is."""
    folded = {k.casefold(): k for k in reversed(known)}
    wanted = name.casefold().strip()
    close = get_close_matches(wanted, list(folded), n=1, cutoff=0.6)
    begun = sorted(k for k in folded if len(wanted) >= 3 and k.startswith(wanted))
    return folded[(begun or close)[0]] if begun or close else None
