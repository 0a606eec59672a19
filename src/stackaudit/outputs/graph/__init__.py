"""The data graph by itself: as a picture, for other tools, and as a tree."""
