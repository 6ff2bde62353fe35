"""Training messages (one folder a language) and the components that learn from them."""
