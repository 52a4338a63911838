"""Who may read a pledge besides its two parties."""
