/** Longer text is cut: it is there to be recognised, not to be read. */
const longestText = 2000;

/** The text of each wanted line that is not blank, counted from 1. Reads no further than needed. */
export async function textOfRows(
    text: AsyncIterable<string>,
    rows: readonly number[],
): Promise<ReadonlyMap<number, string>> {
    const wanted = new Set(rows);
    const last = rows.reduce((latest, row) => Math.max(latest, row), 0);
    const found = new Map<number, string>();
    let row = 0;
    let rest = '';
    const take = (line: string) => {
        if (line.trim() === '') return;
        row += 1;
        if (wanted.has(row)) found.set(row, line.trim().slice(0, longestText));
    };
    for await (const piece of text) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(take);
        if (row >= last) return found;
    }
    take(rest);
    return found;
}
