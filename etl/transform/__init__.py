"""Swedish text to typed values: numbers, periods, areas, column names."""
