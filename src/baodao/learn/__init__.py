"""Named features → weights → choice. Training by scikit-learn is in `build/`."""
