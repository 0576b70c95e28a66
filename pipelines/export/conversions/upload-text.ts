import { quoted, withoutFormula } from '../export-format.ts';
import type { UploadFile } from './platform.ts';

/** A CSV file: an empty cell is empty, and text is none that a spreadsheet would run. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
    const cell = (text: string) => (text === '' ? '' : quoted(withoutFormula(text)));
    return [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

/** JSON files of so many items at most, which platforms take in one request. */
export function jsonFiles<Item>(
    items: readonly Item[],
    atMost: number,
    bodyOf: (items: readonly Item[]) => unknown,
): readonly UploadFile[] {
    const count = Math.ceil(items.length / atMost);
    return Array.from({ length: count }, (_, index) => ({
        name: count === 1 ? 'conversions' : `conversions-${index + 1}`,
        ending: 'json' as const,
        text: `${JSON.stringify(bodyOf(items.slice(index * atMost, (index + 1) * atMost)))}\n`,
    }));
}
