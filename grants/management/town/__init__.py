"""The made-up town of Waterveen (fixtures/waterveen): built by doing what people do, each on its own day."""
