"""What a company on display discloses, by when and why then: standards as data, deadlines that explain themselves."""
