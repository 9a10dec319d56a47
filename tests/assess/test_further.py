"""What further looks would change: views against a fine march, chances against looks drawn."""

import math
from dataclasses import replace

import numpy as np
import pytest
from msgspec import json
from msgspec.structs import replace as replaced

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT
from tests.estimate.test_predict import orbiting
from tocsin.assess.ahead import look_sigma, next_view, watchers
from tocsin.assess.decision import Effect, Outlook, Thresholds, deciding
from tocsin.assess.further import Further, further_looks
from tocsin.catalogue import radars
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef, half_turn
from tocsin.estimate.body import body_of
from tocsin.estimate.falls import predict_falls
from tocsin.estimate.foresee import after_looks
from tocsin.estimate.gaussian import Gaussian
from tocsin.estimate.looks import Channel
from tocsin.estimate.residuals import expected
from tocsin.motion.ballistic import impact, impacts, propagate, propagate_many, propagate_stm
from tocsin.motion.forces import ZONAL
from tocsin.sensor.radar import Radar
from tocsin.sensor.view import radar_sees

THRESHOLDS = Thresholds(0.01, 0.5, 0.9)
ROOT = np.diag([500.0, 500.0, 500.0, 12.0, 12.0, 12.0])
BODY = body_of(Gaussian(T_BURNOUT, BURNOUT, ROOT @ ROOT), INV_BETA, 0.2)
NOW = T_BURNOUT + 20.0
END = impact(T_BURNOUT, BURNOUT, INV_BETA)
SITES = tuple(s for s in radars() if s.key in ("PEC", "LEK", "MIS1"))


def channel_of(site):
    radar = Radar(site)
    return Channel(
        site.key, False, tuple(radar.bias_sigma), site.band, (site.lat_deg, site.lon_deg), radar.air
    )


CHANNELS = tuple(channel_of(s) for s in SITES)
WATCHERS = watchers(CHANNELS, SITES)
PEC = next(w for w in WATCHERS if w.channel.name == "PEC")


def beyond(shift_sigma=0.0):
    """Protected ground: what lies farther downrange than the middle of the impact, by so many sigma."""
    falls = predict_falls([BODY])
    centre = ecef_from_geodetic(falls.lat[0], falls.lon[0], 0.0)
    axes = enu_from_ecef(falls.lat[0], falls.lon[0])
    w, u = np.linalg.eigh(falls.P[0])
    edge = shift_sigma * math.sqrt(w[1])

    def share(places):
        flat = (ecef_from_geodetic(places[:, 0], places[:, 1], 0.0) - centre) @ axes[:2].T
        return flat @ u[:, 1] > edge

    return share


@pytest.fixture(scope="module")
def told():
    return further_looks(BODY, NOW, WATCHERS, beyond(), THRESHOLDS)


def test_views_are_those_of_a_fine_march(told):
    t = np.arange(NOW, END.t, 0.25)
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, t)
    assert [o.radar for o in told.looks] == ["PEC", "LEK"]  # MIS1 looks elsewhere
    for o in told.looks:
        seen = radar_sees(next(s for s in SITES if s.key == o.radar), x[:, :3])
        first = int(np.argmax(seen))
        last = first + int(np.argmin(np.append(seen[first:], False)))
        assert o.first_t == pytest.approx(t[first], abs=0.6)
        assert o.first_t + o.in_view_s == pytest.approx(t[last - 1], abs=0.6)
        assert o.first_t < o.look.t < o.minute.t <= o.first_t + 60.0


def test_one_that_is_in_view_already_looks_a_revisit_later(told):
    first = told.looks[0]
    later = further_looks(BODY, first.first_t + 100.0, WATCHERS, beyond(), THRESHOLDS)
    same = next(o for o in later.looks if o.radar == first.radar)
    assert same.first_t == first.first_t + 100.0
    assert same.look.t == pytest.approx(same.first_t + PEC.site.revisit_s)
    assert same.in_view_s == pytest.approx(first.in_view_s - 100.0, abs=1.0)


def test_the_effects_are_those_of_the_update(told):
    at_map = predict_falls([BODY]).to_ground[0, :2]
    for o in told.looks:
        watcher = next(w for w in WATCHERS if w.channel.name == o.radar)
        x, phi = propagate_stm(T_BURNOUT, BURNOUT, INV_BETA, [o.look.t])
        sigma, chance = look_sigma(watcher, x)
        left = after_looks(BODY.P, watcher.channel, watcher.beam.r_ecef, x, phi, sigma)
        Q, before = at_map @ left @ at_map.T, at_map @ BODY.P @ at_map.T
        major = math.sqrt(np.linalg.eigvalsh(Q)[-1] * 2.0 * math.log(10.0)) / 1e3
        assert o.look.semi_major_90_km == pytest.approx(major, rel=0.01)
        assert o.look.bits == pytest.approx(
            0.5 * math.log2(np.linalg.det(before) / np.linalg.det(Q)), abs=0.02
        )
        assert o.detection == pytest.approx(chance[0], abs=1e-3)
        assert o.minute.semi_major_90_km < o.look.semi_major_90_km < told.semi_major_90_km
        assert o.minute.bits > o.look.bits > 0.0
        assert o.minute.looks > 1


def drawn_outcomes(watcher, t, fraction_of, n=400):
    """Shares of threat none and confirmed after looks at t (m,), drawn: truths, looks, updates, regions.

    Noise as if those that may fail had all been made, with as much less weight.
    """
    rng = np.random.default_rng(8)
    root = np.linalg.cholesky(BODY.P)
    d = rng.standard_normal((n, 7)) @ root.T
    true = propagate_many(T_BURNOUT, BURNOUT + d[:, :6], INV_BETA * np.exp(-d[:, 6]), t)
    x, phi = propagate_stm(T_BURNOUT, BURNOUT, INV_BETA, t)
    sigma, chance = look_sigma(watcher, x)
    sigma /= np.sqrt(chance)[:, None]
    r = np.tile(watcher.beam.r_ecef, (len(t), 1))
    h, jacobian, lasting = expected(watcher.channel, x[:, :3], x[:, 3:], r)
    prior = np.array(watcher.channel.bias_sigma)
    H, C = (jacobian @ phi).reshape(-1, 7), lasting.reshape(3 * len(t), -1) * prior
    gain = BODY.P @ H.T @ np.linalg.inv(H @ BODY.P @ H.T + C @ C.T + np.diag(sigma.ravel() ** 2))
    left = np.linalg.cholesky(BODY.P - gain @ H @ BODY.P + 1e-12 * np.diag(np.diag(BODY.P)))
    none = confirmed = 0
    for k in range(n):
        seen, _, own = expected(watcher.channel, true[k, :, :3], true[k, :, 3:], r)
        z = seen + own @ rng.normal(0.0, prior) + sigma * rng.standard_normal(sigma.shape)
        off = z - h
        off[:, 1] = half_turn(off[:, 1])
        around = gain @ off.ravel() + rng.standard_normal((150, 7)) @ left.T
        drag = INV_BETA * np.exp(-around[:, 6])
        _, _, down = impacts(T_BURNOUT, BURNOUT + around[:, :6], drag, forces=ZONAL)
        p = fraction_of(down)
        none += p < THRESHOLDS.possible
        confirmed += p >= THRESHOLDS.confirmed
    return none / n, confirmed / n


@pytest.mark.parametrize("shift", [0.0, 1.0])
def test_the_chances_are_those_of_looks_drawn_and_regions_flown(shift):
    """The whole by brute force: 400 truths, each looked at for a minute, its region flown by 150 points."""
    share = beyond(shift)
    told = further_looks(BODY, NOW, (PEC,), share, THRESHOLDS).looks[0]

    def fraction_of(places):
        lat, lon, _ = geodetic_from_ecef(places)
        return share(np.stack([lat, lon], axis=1)).mean()

    t = np.linspace(told.look.t, told.minute.t, told.minute.looks)
    none, confirmed = drawn_outcomes(PEC, t, fraction_of)
    assert 0.05 < confirmed < none + 0.3 < 1.1  # neither is out of the question
    # Two sigma of 400 draws, the fifty places, and a threshold of 0.01 from 150 points.
    assert told.minute.none == pytest.approx(none, abs=0.08)
    assert told.minute.confirmed == pytest.approx(confirmed, abs=0.08)


def test_the_look_that_decides():
    """A border through the middle: one look leaves it open, and a minute of the first radar decides, or a
    later one; nearer to the edge of the region it is decided sooner, and far outside it is by now."""
    open_ = further_looks(BODY, NOW, WATCHERS, beyond(0.0), THRESHOLDS, sure=0.6)
    effects = {(o.radar, e.t): e for o in open_.looks for e in (o.look, o.minute)}
    chosen = effects[open_.decides, open_.decides_t]
    assert chosen.none + chosen.confirmed >= 0.6
    for (_, t), e in effects.items():
        if t < open_.decides_t and e.looks > 1:
            assert e.none + e.confirmed < 0.6
    assert open_.decides in open_.reason
    assert "km" in open_.reason
    never = further_looks(BODY, NOW, WATCHERS, beyond(0.0), THRESHOLDS, sure=0.9999)
    assert (never.standing, never.decides, never.decides_t) == ("open", None, None)
    assert "decide with 1.00" in never.reason
    assert open_.standing == "look"
    for shift, p, state in ((9.0, 0.0, "none"), (-9.0, 1.0, "confirmed")):
        settled = further_looks(BODY, NOW, WATCHERS, beyond(shift), THRESHOLDS)
        assert settled.protected == p
        assert (settled.standing, settled.decides, settled.decides_t) == (state, None, None)
        assert all((e.none, e.confirmed) == (1.0 - p, p) for o in settled.looks for e in (o.look, o.minute))


@pytest.mark.parametrize(("detection", "decides"), [(1.0, 101.0), (0.5, 160.0)])
def test_a_look_that_may_fail_decides_by_its_chance(detection, decides):
    """One that would settle it with 0.95 and is made with one half settles it with less than 0.9."""
    look = Effect(t=101.0, looks=1, semi_major_90_km=9.0, bits=3.0, none=0.95, confirmed=0.0)
    minute = replaced(look, t=160.0, looks=9)
    outlook = Outlook(radar="A", first_t=100.0, in_view_s=90.0, detection=detection, look=look, minute=minute)
    found = deciding([outlook], 100.0, (0.3, 0.3), THRESHOLDS, 0.9)
    assert (found.standing, found.decides, found.decides_t) == ("look", "A", decides)


@pytest.mark.parametrize(("arc", "told", "standing"), [
    (1.0, 0.77, "open"), (0.0, 0.05, "open"), (0.95, 0.91, "confirmed"), (0.0, 0.005, "none"),
    (0.3, 0.2, "unseen"),
])  # fmt: skip
def test_what_its_class_may_do_beside_the_arc_is_not_settled_by_the_arc(arc, told, standing):
    found = deciding([], 100.0, (arc, told), THRESHOLDS, 0.9)
    assert found.standing == standing
    assert (f"P is {arc:.2f} by the arc alone, {told:.2f}" in found.reason) is (standing == "open")


@pytest.mark.parametrize(("event", "standing"), [(True, "confirmed"), (False, "event")])
def test_no_threat_is_confirmed_before_its_event(event, standing):
    found = further_looks(BODY, NOW, WATCHERS, beyond(-9.0), THRESHOLDS, confirmed=event)
    assert (found.standing, found.decides) == (standing, None)
    assert ("once the event is; the next radar to see it is PEC" in found.reason) is not event


def test_a_faint_one_tells_less():
    dim = replace(PEC, beam=PEC.beam.__class__(replace(PEC.site, reference_snr_db=-20.0)))
    bright, faint = (
        further_looks(BODY, NOW, (w,), beyond(), THRESHOLDS, sure=0.3).looks[0] for w in (PEC, dim)
    )
    assert faint.detection < 0.01 < bright.detection
    assert faint.minute.bits < bright.minute.bits


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "burns"),
        (body_of(Gaussian(T_BURNOUT, orbiting(), ROOT @ ROOT), INV_BETA), "no impact"),
        (
            replace(BODY, t=END.t - 0.5, x=propagate(T_BURNOUT, BURNOUT, INV_BETA, [END.t - 0.5])[0]),
            "comes down",
        ),
    ],
)
def test_nothing_is_told_of_what_no_look_would_change(body, reason):
    further = further_looks(body, END.t - 0.5 if body else NOW, WATCHERS, beyond(), THRESHOLDS)
    assert reason in further.reason
    assert (further.standing, further.looks, further.protected) == ("unknown", (), None)
    assert json.decode(json.encode(further), type=Further) == further


def test_no_radar_in_its_way():
    alone = further_looks(BODY, NOW, (), beyond(), THRESHOLDS)
    assert alone.standing == "unseen"
    assert alone.semi_major_90_km > 10.0
    assert next_view(WATCHERS[0], np.linspace(0.0, 1.0, 5), np.tile(-BURNOUT, (5, 1))) is None
