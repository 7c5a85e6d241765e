"""How good the untouched default is, beside the models that experts take, on the same rows."""
