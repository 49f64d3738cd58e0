"""The project's own table template: one sheet a kind of entity, made from the record model and the shapes."""
