"""Characters: normalisation, passages, sentences, words, numerals, dates."""
