"""Which range rates of a TDM are those of a radar's looks, and why the others are not."""

from collections.abc import Sequence

from tocsin.interchange.tdm import Tracking

RATES = ("DOPPLER_INSTANTANEOUS", "DOPPLER_INTEGRATED")
"""The first is taken where both are told."""
FOREIGN = (
    "DOPPLER_COUNT",
    *(
        f"{what}{n}"
        for what in ("RECEIVE_FREQ", "RECEIVE_PHASE_CT")
        for n in ("", *(f"_{k}" for k in "12345"))
    ),
)
LONGEST_S = 1.0  # of an interval: the mean over it is the rate at its middle to 0.07 m/s, 500 km up


def there_and_back(s: Tracking) -> bool:
    """Whether a segment's signal goes from a radar to a body and back."""
    return len(s.path) == 3 and s.path[0] == s.path[2]


def read_rates(s: Tracking) -> tuple[str, ...]:
    """The keywords of a segment whose values are range rates at their tags."""
    return tuple(key for key in RATES if key in s.series and not _why(s, key))


def unread_rates(path: str, segments: Sequence[Tracking]) -> tuple[str, ...]:
    """What a message tells of range rates that is not read, as `path:line: key: why`; the segment's line."""
    told = [
        (s, key, _why(s, key) if key in RATES else "frequencies, phases and counts are no rate yet")
        for s in segments
        for key in (*RATES, *FOREIGN)
        if key in s.series
    ]
    return tuple(f"{path}:{s.line}: {key}: not fitted: {why}" for s, key, why in told if why)


def _why(s: Tracking, key: str) -> str:
    """Why a keyword's values are no range rates of looks, "" where they are."""
    if s.mode == "SINGLE_DIFF":
        return "a difference of two paths is no radar's"
    if not there_and_back(s):
        return "PATH is not a radar's way there and back, as 1,2,1"
    if key == "DOPPLER_INTEGRATED":
        if s.interval_ref != "MIDDLE":
            told = s.interval_ref or "missing"
            return f"INTEGRATION_REF is {told}; only a mean tagged in the MIDDLE is a look's"
        if not 0.0 < s.interval_s <= LONGEST_S:
            told = f"{s.interval_s:g} s" if s.interval_s else "missing"
            return f"INTEGRATION_INTERVAL is {told}; only a mean over up to {LONGEST_S:g} s is a look's"
    return ""
