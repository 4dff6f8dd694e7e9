"""Reading and writing the file formats of the field: one module a format, values in `collection`."""
