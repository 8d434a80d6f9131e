"""An analyst's own file back as a workbook, with every wrong cell marked and commented, and a list of it all."""

from etl.jobs.marked_workbook.marking import Marked, marked, marked_name

__all__ = ["Marked", "marked", "marked_name"]
