"""CPF read: the fields as the ILRS's documents place them, an orbit to 1 cm, mistakes with their line."""

import numpy as np
import pytest

from tests.interchange.made import T0, refusal
from tests.interchange.orbits import LAGEOS, flown, tabled
from tocsin.interchange.cpf import read_cpf
from tocsin.interchange.states import states_at

MJD = 57938  # of 2017-07-04, as the header of the SP3 document's counting has it too
H1 = {
    1: "H1 CPF  1  SGF 2017 07 04 06  6851 lageos1   NONE",
    2: "H1 CPF  2  SGF 2017 07 04 06  185 01 lageos1   NONE",
}
H2 = {
    1: "H2  7603901 1155     8820 2017 07 04 00 40 00 2017 07 04 03 55 00   300 1 1  0 0 0",
    2: "H2  7603901 1155     8820 2017 07 04 00 40 00 2017 07 04 03 55 00   300 1 1  0 0 0 1",
}


def text(version=1, n=40):
    _, x = tabled(LAGEOS, n)
    rows = [
        f"10 0 {MJD} {2400.0 + 300.0 * i:13.6f}  0 " + " ".join(f"{v:17.3f}" for v in x[i, :3])
        for i in range(n)
    ]
    velocity = "20 0      1234.567890     -2345.678901      3456.789012"
    return "\n".join([H1[version], H2[version], "H9", rows[0], velocity, *rows[1:], "99", ""])


@pytest.mark.parametrize("version", [1, 2])
def test_the_satellite_and_its_path(tmp_path, version):
    (tmp_path / "a.cpf").write_text(text(version))
    one = read_cpf(tmp_path / "a.cpf")
    assert (one.name, one.object_id) == ("lageos1", "7603901")
    np.testing.assert_allclose(one.t, T0 + 300.0 * np.arange(40), rtol=0, atol=2e-7)
    np.testing.assert_allclose(one.r_ecef, tabled(LAGEOS, 40)[1][:, :3], rtol=0, atol=6e-4)
    at = np.linspace(one.useable_start, one.useable_stop, 301)
    x, truth = states_at(one, at), flown(LAGEOS, at)
    np.testing.assert_allclose(x[:, :3], truth[:, :3], rtol=0, atol=0.01)
    np.testing.assert_allclose(x[:, 3:], truth[:, 3:], rtol=0, atol=1e-4)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("H1 CPF", "H1 CRD", "1: no H1 CPF and H2 records; give predictions in the Consolidated"),
        ("CPF  1", "CPF  3", "1: CPF version 3 is unknown; give 1 or 2"),
        ("1 1  0 0 0", "1 1  2 0 0", "2: reference frame 2 is inertial; give positions in the true body-fix"),
        ("   300 1 1  0 0 0", "", "2: H1 or H2 lacks fields; get the whole file"),
        (f"10 0 {MJD}   2400.0", f"10 1 {MJD}   2400.0", "4: direction 1 is a position of transmission or r"),
        (f"10 0 {MJD}   2400.0", "10 0 1   2400.0", "4: 1 2400 is no day and second of it; correct it"),
        (f"10 0 {MJD}   2400.0", f"10 0 {MJD}   x", "4: not a record 10; give direction, MJD, second, leap"),
        ("H9", "?9", "3: '?9' is no record of CPF; remove or correct it"),
    ],
)  # fmt: skip
def test_mistakes_have_their_line(tmp_path, old, new, told):
    assert old in text()
    assert refusal(read_cpf, tmp_path / "a.cpf", text().replace(old, new)).startswith(told)


def test_no_positions(tmp_path):
    assert "holds no position" in refusal(
        read_cpf, tmp_path / "a.cpf", "\n".join([H1[1], H2[1], "H9", "99", ""])
    )
