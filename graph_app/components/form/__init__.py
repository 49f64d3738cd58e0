"""The form for an entry, drawn with native widgets from the columns of the template, which come from the shapes."""
