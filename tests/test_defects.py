"""The list of seeded defects goes with the code: each can still be planted. Whether they are caught is for
`make defects` to say.
"""

import pytest

from tests.defect_list import DEFECTS
from tests.defects import ROOT


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_a_seeded_defect_still_has_its_place(defect):
    assert (ROOT / defect.path).read_text("utf-8").count(defect.old) == 1
