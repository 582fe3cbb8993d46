"""The demo market: fictional companies, organisations and people, loaded into an empty database."""
