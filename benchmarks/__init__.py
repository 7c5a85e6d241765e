"""One script for each promise about speed, quality or memory."""
