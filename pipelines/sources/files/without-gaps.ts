/** An object without the entries that hold nothing, so that it can be laid over another one. */
export function withoutGaps<Entries extends object>(entries: Entries): Partial<Entries> {
    const filled = Object.entries(entries).filter(([, value]) => value !== undefined);
    return Object.fromEntries(filled) as Partial<Entries>;
}
