"""The values that flow from stage to stage, all frozen (layer 0)."""
