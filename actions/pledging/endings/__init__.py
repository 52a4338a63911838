"""How a pledge ends, and what the two look back on."""
