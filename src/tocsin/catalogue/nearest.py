"""What to say of a name that does not exist."""

from difflib import get_close_matches


def unknown(kind: str, name: str, known: tuple[str, ...]) -> str:
    """One line: there is no such `kind`, the nearest name if one is near, else the names there are."""
    folded = {k.casefold(): k for k in reversed(known)}
    close = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f"no {kind} {name!r}; did you mean {folded[close[0]]!r}?"
    return f"no {kind} {name!r}; known: {', '.join(known)}"
