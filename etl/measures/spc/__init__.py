"""Process behaviour charts (XmR): is the newest figure anything but chance, and is the target in reach?

The charts are those that Making Data Count (NHS England) teaches and NHSRplotthedots calculates, from the
published formulas (Shewhart 1931; Nelson, Journal of Quality Technology 14 (1982) 172-173; Western Electric,
Statistical Quality Control Handbook, 1956; Wheeler, Understanding Variation, 1993).

Departures from NHSRplotthedots, each with its reason:

* a lacking period, or one without a value, is not skipped: no moving range is taken across it, and it breaks
  a run, a trend and a two-of-three (`gaps`), because two figures half a year apart aren't neighbours;
* a constant series keeps its moving ranges of 0 and has limits; differences that are rounding noise count as
  none (`limits`);
* below 13 figures there are no limits, no signals and a reason, not a warning beside a signal (`limits`);
* rebasing and a fixed baseline go together (`stretches`);
* a point outside the limits counts as one beyond the two-thirds line, so that stronger evidence never takes
  a signal away (`rules`);
* what a trend says is told by where it goes, not by which side of the mean its points are on (`rules`);
* a target that lies on a limit is met where it then is met every time, and both are compared as shown
  (`assurance`);
* an indicator with a season is judged without it (`season`).
"""

from etl.measures.spc.chart import chart
from etl.measures.spc.limits import MINIMUM_POINTS
from etl.measures.spc.process import process
from etl.measures.spc.stretches import baselines, rebases

__all__ = ["MINIMUM_POINTS", "baselines", "chart", "process", "rebases"]
