"""Links that the shop writes: what stands behind them."""
