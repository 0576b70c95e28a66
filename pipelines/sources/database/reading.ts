import { findStream } from '../../contracts/registry.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { ConfigError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { RowMapping } from '../api/connector.ts';
import { mapColumns, wantedColumns } from '../files/mapping.ts';
import type { DatabaseSettings, TableSettings } from './settings.ts';
import type { CursorKind, DatabaseSystem, TableColumn, TableFacts, TableName } from './system.ts';

/** What is read of a table, once it is known what it has. */
export interface Reading {
    readonly table: TableName;
    /** What a row brings; cursor and key are read beside it. */
    readonly columns: readonly TableColumn[];
    readonly key: readonly TableColumn[];
    readonly cursor: (TableColumn & { readonly kind: CursorKind }) | undefined;
}

export function tableName(written: string): TableName {
    const [first = '', second] = written.split('.');
    return second === undefined
        ? { schema: undefined, name: first }
        : { schema: first, name: second };
}

/** What the config says of the rows of a table, as an input says it of those of a file. */
export function mappingOf(
    { table, columns, constants, keep_columns, skip_rows }: TableSettings,
    { name, timezone }: Pick<DatabaseSettings, 'name' | 'timezone'>,
): RowMapping {
    return {
        name: `${name}, ${table}`,
        timezone,
        columns,
        constants,
        skip_rows,
        ...(keep_columns === undefined ? {} : { keep_columns }),
    };
}

/**
 * Decides what is read of a table: the columns that the stream needs and no others.
 * @throws ConfigError or ContractError naming the column, what there is, and what to write
 */
export function readingOf(
    settings: TableSettings,
    mapping: RowMapping,
    facts: TableFacts,
    system: DatabaseSystem,
): Reading {
    const contract = findStream(settings.stream) as StreamContract;
    const known = facts.columns.map(({ name }) => name);
    const find = (name: string, setting: string) => {
        const found = facts.columns.find((one) => one.name === name);
        if (found) return found;
        const guess = nearest(name, known);
        throw new ConfigError({
            what: `${mapping.name} has no column ${name}, which ${setting} names.`,
            why: `it has ${known.join(', ')}`,
            fix: guess
                ? `write ${guess}`
                : `correct ${setting} of the table, or let the user read that column`,
        });
    };
    const key = settings.key ?? facts.primaryKey;
    if (key.length === 0) {
        throw new ConfigError({
            what: `${mapping.name} has no primary key that can be seen.`,
            why: 'where a read was ended, the next one goes on behind the last row by its key',
            fix: "name the columns that together tell its rows apart, for example key: ['id']",
        });
    }
    const keyColumns = key.map((name) => find(name, 'key'));
    const cursor = settings.cursor === undefined ? undefined : find(settings.cursor, 'cursor');
    const kind = cursor && system.cursorKind(cursor.type);
    if (cursor && kind === undefined) {
        throw new ConfigError({
            what: `${mapping.name}: ${cursor.name} is ${cursor.type}, which cannot be a cursor.`,
            fix: 'name a time, a date or a whole number that grows with every change, or leave cursor out to read all rows each time',
        });
    }
    if (cursor && contract.strategy.kind === 'replace' && kind !== 'day') {
        throw new ConfigError({
            what: `${mapping.name}: ${cursor.name} is ${cursor.type}, and ${contract.name} is replaced by whole days.`,
            fix: 'name a column of dates (in a view, cast it), or leave cursor out to read all rows each time',
        });
    }
    const names = [
        ...namesRead(contract, mapping, known),
        ...mapping.skip_rows.flatMap(({ column, unless }) => [column, unless?.column ?? column]),
        ...(mapping.keep_columns ?? []),
    ];
    const columns = [...new Set(names)].map((name) => find(fieldOf(name, known), 'the mapping'));
    return {
        table: tableName(settings.table),
        columns: [...new Set(columns)],
        key: keyColumns,
        cursor: cursor && kind ? { ...cursor, kind } : undefined,
    };
}

/** What to say of an id that is made of a part of the primary key: rows of one id replace each other. */
export function sharedId(settings: TableSettings, { primaryKey }: TableFacts): string | undefined {
    const { key, strategy, columns } = findStream(settings.stream) as StreamContract;
    // Whoever names the key has looked at it.
    if (strategy.kind === 'replace' || settings.key || primaryKey.length < 2) return undefined;
    const own = columns.filter(({ name }) => key.includes(name));
    const mapping = { ...settings, name: settings.table };
    const names = new Set(own.flatMap((column) => wantedColumns(mapping, column).names));
    const missing = primaryKey.filter((name) => !names.has(name));
    if (missing.length === 0) return undefined;
    const list = primaryKey.map((name) => `'${name}'`).join(', ');
    return (
        `${settings.table} tells its rows apart by ${primaryKey.join(' and ')}, but ${key.join(' and ')} is made ` +
        `without ${missing.join(' and ')}, so rows that share it replace each other. Write ` +
        `${key[0]}: { column: [${list}], joined: true }, or key: [${list}] where that is meant`
    );
}

/** The column of which a name is a part: `data.amount` is one of `data`. */
function fieldOf(name: string, known: readonly string[]): string {
    const plain = name.replace(/^\$\./, '');
    return known.includes(name) ? name : (plain.split('.')[0] ?? plain);
}

function namesRead(
    contract: StreamContract,
    mapping: RowMapping,
    known: readonly string[],
): readonly string[] {
    const wanted = contract.columns
        .filter(({ name }) => mapping.constants[name] === undefined)
        .map((column) => ({ column, ...wantedColumns(mapping, column) }));
    const all = wanted.flatMap(({ names }) => names);
    const parts = all.filter(
        (name) => !known.includes(name) && known.includes(fieldOf(name, known)),
    );
    // What a file would be refused for, the table is, too.
    mapColumns(contract, mapping, mapping.name, [...known, ...parts]);
    return wanted.flatMap(({ names, mapping: own }) => {
        const found = own?.joined
            ? names
            : names.filter((name) => [...known, ...parts].includes(name));
        const others = [own?.minus, own?.until?.column].filter((name) => name !== undefined);
        return [...found, ...others];
    });
}
