"""Workbook, HTML report and charts from results."""
