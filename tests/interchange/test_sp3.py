"""SP3 read: the fields as Hilla's documents place them, an orbit to 2 cm, mistakes with their line."""

import numpy as np
import pytest

from tests.interchange.made import EPOCH, T0, refusal
from tests.interchange.orbits import GPS, flown, tabled
from tocsin.interchange.sp3 import read_sp3
from tocsin.interchange.states import states_at

# The header's lines stand as in the example of the SP3-c document, by their columns; accuracies and comments
# say nothing here. The epoch lines are counted from made.EPOCH.
HEAD = """#cP2017  7  4  0 40  0.00000000      {n:2d} ORBIT IGS14 HLM  IGS
## 1956 175200.00000000   900.00000000 57938 0.0277777777778
+    2   G01L51  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
++         7  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
%c M  cc {system} ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
%f  1.2500000  1.025000000  0.00000000000  0.000000000000000
%i    0    0    0    0      0      0      0      0         0
/* MADE FOR A TEST
"""


def text(n=16, system="GPS", bad=(), first="#c"):
    """Positions of one satellite, and the velocity and correlation records that are left."""
    _, x = tabled(GPS, n)
    out = HEAD.format(n=n, system=system).replace("#c", first)
    for i in range(n):
        minutes = 40 + 15 * i
        out += f"*  2017  7  4 {minutes // 60:2d} {minutes % 60:2d}  0.00000000\n"
        for name, r in (("G01", x[i, :3] / 1e3), ("L51", -x[i, :3] / 1e3)):
            r = np.zeros(3) if i in bad else r
            out += f"P{name}" + "".join(f"{v:14.6f}" for v in r) + "    -12.345678 10 11 12 203\n"
        out += f"EP  55  55  55     222  1234567 -1234567\nVG01{1e4:14.6f}{1e4:14.6f}{1e4:14.6f}\n"
    return out + "EOF\n"


@pytest.mark.parametrize(
    ("system", "ahead"), [("GPS", 18.0), ("GAL", 18.0), ("UTC", 0.0), ("GLO", 0.0), ("TAI", 37.0)]
)
def test_two_satellites(tmp_path, system, ahead):
    (tmp_path / "a.sp3").write_text(text(system=system))
    one, two = read_sp3(tmp_path / "a.sp3")
    assert (one.name, two.name) == ("G01", "L51")
    assert EPOCH == "2017-07-04T00:40:00"
    assert one.t[0] == pytest.approx(T0 - ahead, abs=2e-7)
    np.testing.assert_allclose(one.r_ecef, tabled(GPS, 16)[1][:, :3], rtol=0, atol=6e-4)
    np.testing.assert_array_equal(two.r_ecef, -one.r_ecef)


def test_the_states_between_are_the_orbit_s(tmp_path):
    (tmp_path / "a.sp3").write_text(text(40, first="#d"))
    one, _ = read_sp3(tmp_path / "a.sp3")
    at = np.linspace(one.useable_start, one.useable_stop, 301)
    truth = flown(GPS, at + 18.0)
    x = states_at(one, at)
    np.testing.assert_allclose(x[:, :3], truth[:, :3], rtol=0, atol=0.02)
    np.testing.assert_allclose(x[:, 3:], truth[:, 3:], rtol=0, atol=2e-4)
    assert np.isnan(states_at(one, np.array([one.t[0], one.t[-1]]))).all()


def test_a_bad_position_is_left_out(tmp_path):
    (tmp_path / "a.sp3").write_text(text(20, bad=(0,)))
    one, _ = read_sp3(tmp_path / "a.sp3")
    assert len(one.t) == 19


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("#cP", "#aP", "1: begins with '#aP2017  7  4  0 ...', not #c or #d; give"),
        ("#cP", "x", "1: begins with 'x2017"),
        ("cc GPS", "cc BDT", "5: time system 'BDT' is foreign; give one of GPS"),
        ("%c M", "%x M", "1: no line begins with %c, which names the time system; get"),
        ("*  2017  7  4  0 55", "*  2017  7  4  0 xx", "14: not an epoch; give * year month day"),
        ("*  2017  7  4  0 55", "*  2017 13  4  0 55", "14: '2017-13-04T00:55:00.00000000' is not an epoch"),
        ("PG01  26560.000000", "PG01  26560.00000x", "10: x, y, z: not three numbers in columns 5 to 46; co"),
        ("/* MADE", "?? MADE", "8: '?? MADE FOR A TEST' is no record of SP3; remove or correct it"),
        ("EOF\n", "", "89: the file ends without EOF; get the whole file"),
    ],
)  # fmt: skip
def test_mistakes_have_their_line(tmp_path, old, new, told):
    whole = text()
    assert old in whole
    assert refusal(read_sp3, tmp_path / "a.sp3", whole.replace(old, new)).startswith(told)


def test_few_samples_and_a_wrong_figure_are_refused(tmp_path):
    assert "8 positions of G01; give 12 or more" in refusal(read_sp3, tmp_path / "a.sp3", text(8))
    lines = text(30).split("\n")
    at = 8 + 5 * 15 + 1
    assert lines[at].startswith("PG01")
    lines[at] = lines[at][:4] + f"{float(lines[at][4:18]) + 5.0:14.6f}" + lines[at][18:]
    told = refusal(read_sp3, tmp_path / "a.sp3", "\n".join(lines))
    assert abs(int(told.split(":")[0]) - (at + 1)) <= 5 * 6
