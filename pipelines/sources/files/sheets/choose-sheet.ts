import { ConfigError } from '../../../errors.ts';
import { nearest } from '../../../nearest.ts';
import type { RowSink, Workbook } from './workbook.ts';

/**
 * The sheet to read: the one that the input names, else the only one that a reader of the workbook
 * sees and that is not empty.
 * @throws ConfigError when there is none of the name, or when it has to be named
 */
export async function chooseSheet(
    workbook: Workbook,
    wanted: string | undefined,
    file: string,
): Promise<string> {
    const visible = workbook.sheets.filter((sheet) => !sheet.isHidden).map(({ name }) => name);
    if (wanted !== undefined) {
        const all = workbook.sheets.map(({ name }) => name);
        if (all.includes(wanted)) return wanted;
        const guess = nearest(wanted, visible);
        throw new ConfigError({
            what: `${file} has no sheet ${wanted}${guess ? `; did you mean ${guess}?` : '.'}`,
            file,
            expected: `one of ${list(visible)}`,
            got: `'${wanted}'`,
            fix: `correct format.sheet of the input: ${setting(workbook, guess)}`,
        });
    }
    const [only] = visible;
    if (only !== undefined && visible.length === 1) return only;
    const filled: string[] = [];
    for (const name of visible) if (await hasCells(workbook, name)) filled.push(name);
    const [one] = filled;
    if (one !== undefined && filled.length === 1) return one;
    throw new ConfigError({
        what:
            filled.length === 0
                ? `${file} has no sheet with anything in it that is not hidden.`
                : `${file} has ${filled.length} sheets: ${list(filled)}.`,
        file,
        fix: `name the sheet in the input: ${setting(workbook, one)}`,
    });
}

function setting({ type }: Workbook, sheet = 'NAME'): string {
    return `format: { type: '${type}', sheet: '${sheet}' }`;
}

function list(names: readonly string[]): string {
    return names.map((name) => `'${name}'`).join(', ');
}

async function hasCells(workbook: Workbook, sheet: string): Promise<boolean> {
    let isFilled = false;
    const sink: RowSink = {
        cell: () => {
            isFilled = true;
        },
        endRow: () => {},
        isDone: () => isFilled,
        drain: async () => {},
    };
    await workbook.read(sheet, sink);
    return isFilled;
}
