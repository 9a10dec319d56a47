"""`tocsin replay`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import Json


def replay(
    run: Annotated[Path, Parameter(help="The folder of a run.")],
    /,
    *,
    json: Json = False,
) -> int:
    """Fold a recorded run again and see whether every event is the same, bit for bit.

    With --json the report is made anew from the replayed events. The exit status is 1 where anything differs.
    """
    from tocsin.assess.territory import Territories
    from tocsin.catalogue import network_of
    from tocsin.centre import replay as again
    from tocsin.cli.ground import kept_ground
    from tocsin.cli.keptevent import event_of_kept
    from tocsin.cli.manifest import check_journals, read_manifest, this_build
    from tocsin.cli.report import report
    from tocsin.cli.tell.whole import tell_replay
    from tocsin.cli.terminal import bar, print_json, screen

    kept = read_manifest(run)
    check_journals(run, kept)
    if kept.build != this_build():
        words = f"tocsin: this run was made by another build (Tocsin {kept.tocsin}); the last bits may differ"
        print(words, file=sys.stderr)
    event = event_of_kept(kept.event)
    network = network_of(event.network)
    ground = kept_ground(run, kept.ground)
    territories = Territories(ground.borders, ground.settings)
    with bar("folding the journals again") as tell:
        outcome = again.replay(network, run, kept.origin, tell, territories)
    with bar("the report"):
        told = report(
            event, network, kept.truths, kept.seed, outcome.events, kept.at_s, kept.origin, kept.watches,
            territories,
        )  # fmt: skip
    if json:
        print_json(told)
    else:
        tell_replay(screen(), told, outcome, run)
    if not outcome.identical:
        print(f"tocsin: {outcome.first_difference}", file=sys.stderr)
    return 0 if outcome.identical else 1
