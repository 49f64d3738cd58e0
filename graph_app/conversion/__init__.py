"""Files to shards of N-Quads on many machines: one step a dataset, which Apache Spark spreads over a cluster."""
