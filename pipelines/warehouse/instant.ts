/** Instant as DuckDB reads it, in UTC. */
export const sqlInstant = (at: Date) => at.toISOString().replace('T', ' ').replace('Z', '');
