"""What the engines that are networks share: their graphs, their configurations, and sentences joined (layer 3)."""
