"""Pictures as SVG: drawn from what figures laid out, with nothing computed but the drawing."""
