"""The room's own kernels are compiled for one set of types each, whatever they are called with."""

import numpy as np

from tests.assess.evidence.test_hypotheses import channel
from tocsin.assess import extremes, raster
from tocsin.assess.evidence import hypotheses
from tocsin.assess.evidence.hypotheses import Facts, weigh, weigh_all
from tocsin.assess.evidence.model import EvidenceModel
from tocsin.assess.extremes import first_of
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders


def test_each_kernel_is_compiled_once():
    weigh((), Facts())
    weigh((channel(llr=20), channel("radar", slow=0)), Facts(protected=0, share=0.1))
    weigh_all([(), (channel(),)], [Facts(), Facts(arc=1)], EvidenceModel(channel_factor=200))
    territories = Territories(borders())
    territories.at_sea(np.zeros((3, 4, 2)))
    territories.at_sea(np.asfortranarray([[0, 1], [1, 0]]))
    first_of([1, 2], np.ones(4)[::2])
    compiled = {
        f"{module.__name__}.{name}": len(kernel.signatures)
        for module in (extremes, raster, hypotheses)
        for name, kernel in vars(module).items()
        if hasattr(kernel, "signatures")
    }
    assert len(compiled) > 10
    assert {name: count for name, count in compiled.items() if count > 1} == {}
