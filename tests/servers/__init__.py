"""The shipped configurations under the real nginx and the real Caddy: `make test-servers`."""
