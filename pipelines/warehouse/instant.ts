/** Instant as DuckDB reads it, in UTC. */
export const sqlInstant = (at: Date) => at.toISOString().replace('T', ' ').replace('Z', '');

/** A moment in UTC as people read it, to the second. */
export const shownInstant = (instant: string) => `${instant.replace(/\.\d+$/, '')} UTC`;
