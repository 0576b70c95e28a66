import type { Result } from '../bench-case.ts';

const head = ['what', 'who', 'median', 'min-max', 'unit', 'ours/this', 'goal', 'met'];

/** Results as lines of aligned columns. */
export function formatTable(results: readonly Result[]): string {
    const rows = [head, ...results.map(cellsOf)];
    const widths = head.map((_, column) =>
        Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    return rows
        .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
        .map((line) => line.trimEnd())
        .join('\n');
}

function cellsOf({ what, who, unit, measured, ratio, goal, isMet }: Result): string[] {
    const { median, min, max } = measured;
    return [
        what,
        who,
        formatNumber(median),
        `${formatNumber(min)}-${formatNumber(max)}`,
        unit,
        ratio === undefined ? '' : formatNumber(ratio),
        goal ?? '',
        isMet === undefined ? '' : isMet ? 'yes' : 'NO',
    ];
}

/** Three digits that matter, and no more. */
export function formatNumber(value: number): string {
    if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
    return value.toFixed(value >= 10 ? 1 : 2);
}
