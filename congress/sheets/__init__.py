"""Excel both ways: what a cell may hold, the columns of a sheet, reading and writing files."""
