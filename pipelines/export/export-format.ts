export type ExportFormat = 'json' | 'csv';

export type CellKind = 'text' | 'number' | 'boolean';

export interface ExportColumn {
    readonly name: string;
    readonly kind: CellKind;
}

export type Cell = string | null;

/** Text of a decimal without zeros that say nothing: `12.500000` is `12.5`, `3.00` is `3`. */
export function trimDecimal(text: string): string {
    return text.includes('.') && !/e/i.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/** Lines of a JSON document `{schema_version, rows: [...]}`; numbers are exact decimal text. */
export async function* jsonLines(
    columns: readonly ExportColumn[],
    rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<string, void, undefined> {
    yield '{"schema_version":1,"rows":[';
    let separator = '\n';
    for await (const row of rows) {
        const entries = columns.map(({ name, kind }, index) => {
            const cell = row[index] ?? null;
            if (cell === null || kind === 'text') return [name, cell];
            return [name, kind === 'boolean' ? cell === 'true' : trimDecimal(cell)];
        });
        yield separator + JSON.stringify(Object.fromEntries(entries));
        separator = ',\n';
    }
    yield '\n]}\n';
}

/** Lines of a CSV file; a text cell a spreadsheet would run as a formula gets a quote in front. */
export async function* csvLines(
    columns: readonly ExportColumn[],
    rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<string, void, undefined> {
    yield `${columns.map(({ name }) => quoted(name)).join(',')}\n`;
    for await (const row of rows) {
        const cells = columns.map(({ kind }, index) => {
            const cell = row[index] ?? null;
            if (cell === null) return '';
            return kind === 'text' ? quoted(withoutFormula(cell)) : trimDecimal(cell);
        });
        yield `${cells.join(',')}\n`;
    }
}

/** Text that no spreadsheet takes for a formula. */
export function withoutFormula(text: string): string {
    return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A cell of a CSV file, in quotes where it needs them. */
export function quoted(text: string, delimiter = ','): string {
    return /["\n\r]/.test(text) || text.includes(delimiter) || text === ''
        ? `"${text.replaceAll('"', '""')}"`
        : text;
}
