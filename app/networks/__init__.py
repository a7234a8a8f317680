"""Networks: the contract, the registry, the shared HTTP client, and one folder a network. Knows no table and no screen."""
