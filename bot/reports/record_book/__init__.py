"""The sheets of the record as a workbook: an overview with charts, and a sheet for each table; totals are formulas."""
