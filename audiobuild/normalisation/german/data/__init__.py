"""Lists and tables of German; `normalisation.tables` reads them."""
