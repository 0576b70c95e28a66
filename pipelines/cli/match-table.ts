import type { Column } from '../contracts/columns.ts';
import { streams } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import type { OpenColumn, OpenTable } from '../sources/api/connector.ts';
import { plainName, rowName, usualNames, wordsOfTable } from './usual-names.ts';

/** What a table was taken for. */
export interface TableMatch {
    readonly table: OpenTable;
    readonly stream: StreamContract;
    /** Columns of the stream and those of the table that they are read from. */
    readonly names: ReadonlyMap<string, OpenColumn>;
    /** Required, and not found. */
    readonly missing: readonly Column[];
    readonly score: number;
}

/** Of a table whose name says nothing, so many columns have to. */
const fewestColumns = 6;
const mostMissing = 2;

/** The stream that a table most likely holds, by its name and those of its columns. */
export function matchTable(table: OpenTable): TableMatch | undefined {
    const [best] = streams
        .map((stream) => matchStream(table, stream))
        .filter((match) => match !== undefined)
        .sort((left, right) => right.score - left.score);
    return best;
}

function matchStream(table: OpenTable, stream: StreamContract): TableMatch | undefined {
    const said = wordsOfTable(table.name, stream.name);
    const names = namesIn(table, stream);
    const missing = stream.columns.filter(({ name, required }) => required && !names.has(name));
    // What all rows of a table may have in common, such as the platform, can be a constant.
    const shared = stream.strategy.kind === 'replace' ? stream.strategy.partition : [];
    const lost = missing.filter(({ name }) => !shared.includes(name));
    if (lost.length > mostMissing || lost.some(({ name }) => stream.key.includes(name))) {
        return undefined;
    }
    const isEnough = said > 0 || (missing.length === 0 && names.size >= fewestColumns);
    if (!isEnough) return undefined;
    return { table, stream, names, missing, score: names.size + 4 * said - 2 * missing.length };
}

/** Columns of the stream that a table has, each of its own once: what is required chooses first. */
function namesIn(table: OpenTable, stream: StreamContract): ReadonlyMap<string, OpenColumn> {
    const names = new Map<string, OpenColumn>();
    const free = new Set(table.columns);
    const row = plainName(rowName(table.name));
    const plainNames = (name: string) => {
        const plain = plainName(name);
        return plain.startsWith(row) && plain !== row ? [plain, plain.slice(row.length)] : [plain];
    };
    const take = (column: Column, candidates: readonly string[]) => {
        for (const candidate of candidates) {
            const wanted = plainName(candidate);
            const found = [...free].find(
                (one) => plainNames(one.name).includes(wanted) && canHold(column, one),
            );
            if (found === undefined) continue;
            names.set(column.name, found);
            free.delete(found);
            return;
        }
    };
    const inOrder = stream.columns.toSorted(
        (left, right) => Number(right.required) - Number(left.required),
    );
    for (const column of inOrder) take(column, [column.name]);
    const [id = '', ...others] = stream.key;
    const own = stream.columns.find(({ name }) => name === id);
    if (own && others.length === 0 && !names.has(id)) {
        take(own, ['id', 'uuid', ...(table.key.length === 1 ? table.key : [])]);
    }
    for (const column of inOrder.filter(({ name }) => !names.has(name))) {
        take(column, usualNames(stream.name, column));
    }
    return names;
}

function canHold({ name, type }: Column, { holds }: OpenColumn): boolean {
    const isTime = holds === 'times' || holds === 'days';
    if (type === 'date' || type === 'timestamp') return isTime || holds === 'texts';
    return !isTime || name === 'is_deleted';
}
