"""The report as a workbook: a register to work with, and the tables behind the pictures."""

from stackaudit.outputs.report.workbook.writing import render

__all__ = ["render"]
