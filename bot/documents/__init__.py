"""Documents to keep and print: pure, from frozen values and words to a PDF or an XLSX file."""
