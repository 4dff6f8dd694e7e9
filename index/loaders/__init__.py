"""Files to text: one module a format, `formats` chooses among them, `files` walks a folder."""
