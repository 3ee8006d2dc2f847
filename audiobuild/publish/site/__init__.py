"""The pages that listeners open: templates and their few scripts lie beside (layer 3)."""
