"""The report as a PDF to print and to hand out."""

from stackaudit.outputs.report.pdf.printing import render

__all__ = ["render"]
