import { sqlText } from '../../contracts/batch.ts';
import { ContractError } from '../../errors.ts';
import type { CompileContext } from './compile-context.ts';
import { missingColumn, wantedColumns } from './mapping.ts';

export type JsonRow = Readonly<Record<string, unknown>>;

/** The object of a line; an empty one when the line holds none. */
export function parseRow(line: string): JsonRow {
    try {
        const row: unknown = JSON.parse(line);
        return isObject(row) ? row : {};
    } catch {
        return {};
    }
}

function isObject(value: unknown): value is JsonRow {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a name is written as a path; `a.b` may be a key, too. */
export function isPath(name: string): boolean {
    return name.startsWith('$.');
}

/** The path that `a.b` or `$.a.b` stands for. */
export function pathOf(name: string): string {
    if (isPath(name)) return name;
    const keys = name.split('.').map((key) => `"${key.replaceAll('"', '\\"')}"`);
    return `$.${keys.join('.')}`;
}

interface JsonSource {
    /** Rows from the top of the first file. */
    readonly sample: readonly JsonRow[];
    /** SQL relation of all rows, with a column `json`. */
    readonly objects: string;
    readonly file: string;
}

/**
 * A field that no row has is a misspelt one, as a column is that a CSV file lacks. Mostly the first
 * rows have it; only where they do not are all of them looked at.
 * @throws ContractError naming the field, the nearest one, and those that are there
 */
export async function assertFields(
    { contract, input, describe }: CompileContext,
    { sample, objects, file }: JsonSource,
): Promise<void> {
    if (sample.length === 0) return;
    const known = [...new Set(sample.flatMap((row) => fieldsOf(row)))];
    for (const column of contract.columns) {
        if (input.constants[column.name] !== undefined) continue;
        const { names, mapping } = wantedColumns(input, column);
        if (!mapping && !column.required) continue;
        const dates = column.name === contract.eventColumn ? input.events_from?.columns : undefined;
        for (const group of dates ? Object.values(dates).map((one) => [one].flat()) : [names]) {
            if (group.some((name) => known.includes(name.replace(/^\$\./, '')))) continue;
            const exists = group.map(
                (name) =>
                    `json_exists(json, ${sqlText(pathOf(name))}) or ` +
                    `list_contains(json_keys(json), ${sqlText(name)})`,
            );
            const [row] = await describe(
                `select 1 as found from ${objects} where ${exists.join(' or ')} limit 1`,
            );
            if (row === undefined) {
                assertNoDocument(sample, file);
                throw missingColumn(contract, input, file, column, group, known, { isJson: true });
            }
        }
    }
}

/** An answer of an API as a whole holds its rows in a list. */
function assertNoDocument([first, ...rest]: readonly JsonRow[], file: string): void {
    const [key] = Object.entries(first ?? {}).find(([, value]) => isListOfRows(value)) ?? [];
    if (key === undefined || rest.length > 0) return;
    throw new ContractError({
        what: `${file} is one JSON document, and its rows are in ${key}.`,
        file,
        fix: `write that list into a file of its own, for example with: jq '.${key}' ${file}`,
    });
}

const isListOfRows = (value: unknown) => Array.isArray(value) && value.some(isObject);

/** Fields of a row, those of objects inside it with a point between the names. */
function fieldsOf(row: JsonRow, before = ''): readonly string[] {
    return Object.entries(row).flatMap(([key, value]) => {
        const name = `${before}${key}`;
        return isObject(value) ? [name, ...fieldsOf(value, `${name}.`)] : [name];
    });
}
