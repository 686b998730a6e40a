"""How large an input may be.  Above these sizes a file is refused before it is unpacked."""

LARGEST_FILE = 200 << 20  # bytes, as it stands on the disk
LARGEST_UNPACKED = 1 << 30  # bytes, all parts of a workbook together
LARGEST_RATIO = 250  # unpacked to packed, of a part above 16 MB; real sheets stay below 60
LARGEST_SHEET = 40_000_000  # cells in the rectangle that a sheet spans
