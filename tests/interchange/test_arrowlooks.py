"""Looks in Arrow IPC and Parquet: written and read again, and what is refused."""

import numpy as np
import pytest

from tocsin.errors import TocsinError
from tocsin.interchange.arrowlooks import COLUMNS, read_arrow, write_arrow
from tocsin.interchange.looktable import LookTable

core = pytest.importorskip("arro3.core", reason="arro3 is not installed")
ENDINGS = (".arrow", ".parquet")


def table(n=5):
    rng = np.random.default_rng(3)
    return LookTable(
        tuple("AB"[i % 2] for i in range(n)),
        ("SAT",) * n,
        5.5e8 + np.arange(n),
        rng.uniform([1e6, 0, 0], [2e6, 6, 1.5], (n, 3)),
        rng.uniform([1.0, 1e-5, 1e-5], [1e2, 1e-2, 1e-2], (n, 3)),
        np.where(np.arange(n) % 2, np.nan, 12.5),
        np.where(np.arange(n) % 2, np.nan, 0.5),
        ("",) * n,
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_read_of_written_is_the_same(tmp_path, ending):
    x = table()
    write_arrow(x, tmp_path / f"a{ending}")
    y = read_arrow(tmp_path / f"a{ending}")
    assert (y.sensor, y.body) == (x.sensor, x.body)
    for key in ("t", "values", "sigmas", "rate", "rate_sigma"):
        np.testing.assert_array_equal(getattr(y, key), getattr(x, key))
    assert y.place[1] == f"{tmp_path / f'a{ending}'}: row 2"


def written(folder, **columns):
    """A file of two sound looks, with columns changed, or left out where they are None."""
    from arro3.io import write_ipc

    floats = core.DataType.float64()
    triples = core.fixed_size_list_array(core.Array(np.array([1e6, 1.0, 0.5] * 2)), 3)
    given = {
        "sensor": core.Array(["A", "A"], type=core.DataType.utf8()),
        "t_tai": core.Array([1.0, 2.0], type=floats),
        "values": triples,
        "sigmas": triples,
    } | columns
    file = folder / "a.arrow"
    write_ipc(core.Table.from_pydict({k: v for k, v in given.items() if v is not None}), str(file))
    return file


def test_rate_and_body_may_be_left_out(tmp_path):
    told = read_arrow(written(tmp_path))
    assert np.isnan(told.rate).all()
    assert told.body == ("", "")


def test_columns_that_are_wrong_are_told(tmp_path):
    floats = core.DataType.float64()
    file = written(
        tmp_path,
        t_tai=None,
        snr=core.Array([1.0, 2.0], type=floats),
        sigmas=core.Array([1.0, 2.0], type=floats),
    )
    with pytest.raises(TocsinError) as error:
        read_arrow(file)
    assert error.value.problems == (
        f"{file}: t_tai: is missing; add it as float64",
        f"{file}: snr: the column has no use; remove it, or name it as one of {', '.join(COLUMNS)}",
        f"{file}: sigmas: is of another type; give fixed_size_list<float64>[3]",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            {"sigmas": [[0.0, 1.0, 1.0], [1.0, 1.0, 1.0]]},
            "row 1: sigmas: are not three finite numbers above 0",
        ),
        ({"sigmas": [[1.0, 1.0, 1.0], [1.0, np.nan, 1.0]]}, "row 2: sigmas: are not"),
        ({"values": [[1e6, 0.0, 2.0], [1e6, 0.0, 0.0]]}, "row 1: elevation: 114.592 deg is none"),
        ({"t_tai": [1.0, None]}, "row 2: time or azimuth: is not a finite number"),
        ({"range_rate_m_s": [1.0, None]}, "row 1: range rate: give both it and its sigma"),
        ({"range_rate_sigma_m_s": [None, 1.0]}, "row 2: range rate: give both it and its sigma"),
        ({"sensor": [None, "A"]}, "row 1: sensor: is null; give its name"),
    ],
)
def test_rows_that_are_no_looks_are_told(tmp_path, columns, told):
    ((key, value),) = columns.items()
    if key in ("sigmas", "values"):
        array = core.fixed_size_list_array(core.Array(np.array(value).ravel()), 3)
    else:
        array = core.Array(value, type=core.DataType.utf8() if key == "sensor" else core.DataType.float64())
    file = written(tmp_path, **{key: array})
    with pytest.raises(TocsinError) as error:
        read_arrow(file)
    assert error.value.problems[0].startswith(f"{file}: {told}")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_is_none_or_cut_off_is_refused(tmp_path, ending):
    file = tmp_path / f"a{ending}"
    write_arrow(table(), file)
    whole = file.read_bytes()
    for data in (b"", b"sensor,t\n", whole[:-20], whole[: len(whole) // 2], whole[:4] + whole[40:]):
        file.write_bytes(data)
        with pytest.raises(TocsinError, match=r"is not looks as Arrow IPC .* get the whole file"):
            read_arrow(file)
    file.unlink()
    with pytest.raises(TocsinError, match="cannot be read"):
        read_arrow(file)
