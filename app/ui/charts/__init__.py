"""Charts of figures: painted from the tokens, explored by keys, each with the table it stands for."""
