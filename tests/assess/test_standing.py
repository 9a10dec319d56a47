"""A held threat while no arc explains the looks, and where an engine burns again."""

from tests.assess.test_assess import BOTH, HELD, arc, channel, said, told
from tests.estimate.scenes import T_BURNOUT


def unexplained(before, now, last_t, phase="unobservable"):
    """What is told where no arc explains the looks, or an engine burns; the last look at last_t."""
    seen = tuple(channel(e.channel, e.phenomenology, last_t=last_t) for e in said(BOTH))
    state = HELD if phase == "boost" else None
    return told(arc(state, phase), now=now, grounds=BOTH, before=before, evidence=seen)


def test_a_threat_stands_while_looks_go_on_that_no_arc_explains():
    """Not for the first assessment after the fit failed alone; and no longer than looks go on."""
    made = told(arc(HELD), grounds=BOTH)
    assert made.threat_state == "confirmed"
    for k in range(1, 30):
        now = T_BURNOUT + 10.0 + 20.0 * k
        made = unexplained(made, now, now - 5.0)
        assert (made.impact, made.event_state, made.threat_state) == (None, "confirmed", "confirmed")
        assert "no arc explains the looks" in made.reasons[-1]
    ended = unexplained(made, now + 70.0, now - 5.0)
    assert (ended.event_state, ended.threat_state) == ("confirmed", "possible")
    assert unexplained(ended, now + 3600.0, now - 5.0).event_state == "closed"


def test_a_threat_does_not_stand_while_an_engine_burns_again():
    """The region of the stage before is void: it stands for one assessment, and then for none."""
    made = told(arc(HELD), grounds=BOTH)
    for k, expected in ((1, "confirmed"), (2, "possible"), (3, "possible")):
        now = T_BURNOUT + 10.0 + 20.0 * k
        made = unexplained(made, now, now - 1.0, "boost")
        assert made.threat_state == expected
