"""The site: pages over the engine, for buyers, the centre, companies and everyone."""
