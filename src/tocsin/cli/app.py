"""The command line's shape: which commands there are, and what is said of one that does not exist."""

from __future__ import annotations

from cyclopts import App, CycloptsError

from tocsin import __version__
from tocsin.cli.complaint import complaint

app = App(
    name="tocsin",
    help="An open missile-warning system: satellites and radars in, one trusted picture out.",
    version=__version__,
    exit_on_error=False,
    print_error=False,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
# Named by their paths, so that only the command that is asked for is imported.
app.command("tocsin.cli.demo:demo", help="Run the launch of 4 July 2017 and show what was known when.")
app.command("tocsin.cli.events:events", help="List the built-in events.")
app.command("tocsin.cli.run:run", help="Run one event: a built-in one by name, or your own from a TOML file.")
app.command(
    "tocsin.cli.replay:replay", help="Fold a recorded run again and see whether every event is the same."
)
app.command("tocsin.cli.fly:fly", help="Fly an event without any sensor: each object's figures.")
app.command(
    "tocsin.cli.fit_ascent:fit_ascent",
    name="fit-ascent",
    help="Match a notional vehicle to a real ascent's telemetry.",
)
app.command(
    "tocsin.cli.fit:fit", help="Fit the looks of a real satellite or body, biases included, and predict."
)
app.command(
    "tocsin.cli.calibrate:calibrate",
    help="A radar's lasting errors from looks at bodies whose paths are known.",
)
app.command(
    "tocsin.cli.sensor:sensor", help="Tell a sensor's parameters with their sources, and draw what it sees."
)
app.command(
    "tocsin.cli.check:check", help="Check an event's TOML file, or one of warning settings or borders."
)

catalogue = App(name="catalogue", help="Your own radars and satellites, beside the built-in ones.")
catalogue.command("tocsin.cli.catalogue:add", help="Add a TLE, an OMM or a radar's TOML, with its source.")
catalogue.command("tocsin.cli.catalogue:listing", name="list", help="List what an event may name.")
catalogue.command("tocsin.cli.catalogue:remove", help="Take out what you added.")
app.command(catalogue)

study = App(name="study", help="Studies, each with its own figures and picture.")
study.command(
    "tocsin.cli.study_autumn_1983:study_autumn_1983",
    name="autumn-1983",
    help="Sunlight toward the base on 25 September 1983: plausibility, not reproduction.",
)
study.command(
    "tocsin.cli.study_accuracy:study_accuracy",
    name="accuracy",
    help="Errors of the fits over the Cramer-Rao bound, and how true their own covariances are.",
)
study.command(
    "tocsin.cli.study_calibration:study_calibration",
    name="calibration",
    help="Whether told probabilities come true: classes and territories of many flights.",
)
study.command(
    "tocsin.cli.study_farina:study_farina",
    name="farina",
    help="A published re-entry case: filters and the process-noise segment against the posterior bound.",
)
study.command(
    "tocsin.cli.study_tracker:study_tracker",
    name="tracker",
    help="The whole tracker, with looks lost and false ones, over the bound that allows for both.",
)
study.command(
    "tocsin.cli.study_false_alarm:study_false_alarm",
    name="false-alarm",
    help="How often a year an attack would be told that is none, by part and cause.",
)
study.command(
    "tocsin.cli.study_ladder:study_ladder",
    name="ladder",
    help="When each state of the warning ladder is reached, of every built-in event.",
)
app.command(study)


def run(words: list[str]) -> int:
    """Parse and run one command line; its exit status. Raises TocsinError for words it cannot take."""
    try:
        status = app(words)
    except CycloptsError as error:
        within = {"catalogue": catalogue, "study": study}.get(words[0] if words else "", app)
        raise complaint(error, tuple(name for name in within if not name.startswith("-"))) from None
    return status if isinstance(status, int) else 0
