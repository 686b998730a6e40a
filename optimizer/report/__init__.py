"""From a frozen plan to what people and programs read: the workbook, JSON and DataFrames.

- ``workbook.write_workbook(plan, path)`` writes the result workbook;
- ``to_json.to_json(plan)`` gives the same facts for machines;
- ``frames.frame(plan, "awards")`` gives one result table as a DataFrame.

What is computed for the Summary stands in modules that know no spreadsheet (``figures``,
``actions``, ``pictures``); the modules that write cells compute nothing.
"""
