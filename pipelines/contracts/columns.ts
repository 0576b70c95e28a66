import { z } from 'zod';

export type DuckDbType =
    | 'varchar'
    | 'bigint'
    | 'boolean'
    | 'date'
    | 'timestamp'
    | `decimal(${number},${number})`;

export interface ColumnMeta {
    readonly type: DuckDbType;
    readonly description: string;
    /** The closed list of values, when there is one. */
    readonly values?: readonly string[];
    /** The closed list of which a cell names some, with | between them. */
    readonly parts?: readonly string[];
    /** Smallest value allowed (an exact decimal as text). */
    readonly minimum?: string;
    /** Largest value allowed. */
    readonly maximum?: string;
    /** The value must be greater than this: a rate of 0 would make money nothing. */
    readonly above?: string;
    /** Many rows hold the same text: it is kept in a dictionary, which is quicker to write. */
    readonly repeats?: boolean;
    /** One cell may hold several values; they are kept with `;` between them. */
    readonly isList?: boolean;
    /** Rows that are parts of one another's whole add up: the cost of two ads is that of both. */
    readonly isAdditive?: boolean;
    /**
     * What systems call the column: read where the input says nothing of it. For marks alone that
     * nobody thinks of, and without which a record would count that is none.
     */
    readonly headers?: readonly string[];
    /** More decimals than the type holds are rounded half away from zero instead of rejected. */
    readonly rounds?: boolean;
}

export interface Column extends ColumnMeta {
    readonly name: string;
    readonly required: boolean;
}

/** Names that several systems share: a person, a visitor or a campaign is the same in all of them. */
const sharedIds = new Set([
    'person_id',
    'visitor_id',
    'campaign_id',
    'account_id',
    'click_id',
    'question_id',
]);

/** Whether a column names a record of one system, of which another system may have one of that id. */
export function isRecordId({ name, type }: Column): boolean {
    if (type !== 'varchar' || sharedIds.has(name)) return false;
    return name.endsWith('_id') || name === 'merged_into' || name === 'merged_ids';
}

/** On pages `all` is the row of everything together, and `unattributed` that of what belongs to nobody. */
export const reservedIds: readonly string[] = ['all', 'unattributed'];

const totalled = new Set(['person_id', 'deal_id', 'product_line', 'product_line_id']);

/** Whether pages sum up the rows of a column by what stands in it. */
export function isTotalled({ name }: Pick<Column, 'name'>): boolean {
    return totalled.has(name);
}

const columnMeta = z.registry<ColumnMeta>();

/** Text that is not empty. An empty cell is null, never an empty string. */
export const text = (description: string, known: Pick<ColumnMeta, 'headers'> = {}) =>
    z
        .string()
        .min(1)
        .register(columnMeta, { type: 'varchar', description, ...known });

/** Ids of which a cell may hold several, for example all contacts of a deal. */
export const idList = (description: string, known: Pick<ColumnMeta, 'headers'> = {}) =>
    z
        .string()
        .min(1)
        .register(columnMeta, { type: 'varchar', description, isList: true, ...known });

/** A name that exports spell in any case: it is compared, and therefore written, in lower case. */
export const lowerCaseName = (description: string) =>
    z
        .string()
        .min(1)
        .refine((value) => value === value.toLowerCase(), {
            error: 'lower case, in which the names of exports are compared',
        })
        .register(columnMeta, { type: 'varchar', description });

/** Text that many rows share: a name or key of something of which there are few. */
export const category = (description: string) =>
    z.string().min(1).register(columnMeta, { type: 'varchar', description, repeats: true });

/** One of a closed list of words. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(
    values: Values,
    description: string,
) => z.enum(values).register(columnMeta, { type: 'varchar', description, values, repeats: true });

/** Some words of a closed list, each once, with | between them. */
export const someOf = <const Values extends readonly [string, ...string[]]>(
    values: Values,
    description: string,
) =>
    z
        .string()
        .refine((cell) => partsOf(cell).every((part) => values.includes(part)), {
            error: partsExpected(values),
        })
        .refine((cell) => new Set(partsOf(cell)).size === partsOf(cell).length, {
            error: 'each word once',
        })
        .register(columnMeta, { type: 'varchar', description, parts: values });

/** The words of a cell that holds several: `company|department`. */
export function partsOf(cell: string | null | undefined): readonly string[] {
    return cell ? cell.split('|') : [];
}

const partsExpected = (values: readonly string[]) =>
    `words of ${values.join(', ')}, with | between them`;

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether a code is one of ISO 4217, in capitals. */
export const isCurrency = (code: string) => currencies.has(code);

/** A currency that exists, as ISO 4217 writes it. */
export const currencyCode = (description: string) =>
    z
        .string()
        .refine(isCurrency, { error: 'a currency of ISO 4217 such as EUR' })
        .register(columnMeta, { type: 'varchar', description });

/** A SHA-256 that the product has printed. */
export const sha256 = (description: string) =>
    z
        .string()
        .refine((cell) => /^[0-9a-f]{64}$/.test(cell), {
            error: 'a hash of 64 characters, each 0 to 9 or a to f',
        })
        .register(columnMeta, { type: 'varchar', description });

/** A calendar day, `YYYY-MM-DD`. */
export const date = (description: string) =>
    z.iso.date('YYYY-MM-DD').register(columnMeta, { type: 'date', description });

/** A calendar month, `YYYY-MM`. */
export const month = (description: string) =>
    z
        .string()
        .refine((cell) => /^\d{4}-(0[1-9]|1[0-2])$/.test(cell), {
            error: 'a month such as 2026-09',
        })
        .register(columnMeta, { type: 'varchar', description });

/** An instant, stored in UTC without an offset. */
export const instant = (description: string) =>
    z.iso.datetime({ local: true, offset: true }).register(columnMeta, {
        type: 'timestamp',
        description,
    });

/** A time of day, `09:30`. */
export const clockTime = (description: string) =>
    z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day like 09:30')
        .register(columnMeta, { type: 'varchar', description });

/** A whole number. */
export const integer = (
    description: string,
    limits: Pick<ColumnMeta, 'minimum' | 'maximum' | 'isAdditive'> = {},
) =>
    z
        .string()
        .regex(/^[+-]?\d{1,18}$/, { error: 'a whole number', abort: true })
        .refine(
            (value) => limits.minimum === undefined || BigInt(value) >= BigInt(limits.minimum),
            {
                error: `a whole number of at least ${limits.minimum}`,
            },
        )
        .refine(
            (value) => limits.maximum === undefined || BigInt(value) <= BigInt(limits.maximum),
            {
                error: `a whole number of at most ${limits.maximum}`,
            },
        )
        .register(columnMeta, { type: 'bigint', description, ...limits });

/** An exact decimal, kept as text in TypeScript so that money never becomes a float. */
export const decimal = (
    precision: number,
    scale: number,
    description: string,
    limits: Pick<ColumnMeta, 'minimum' | 'above' | 'rounds' | 'isAdditive'> = {},
) =>
    z
        .string()
        .regex(
            new RegExp(`^[+-]?\\d{1,${precision - scale}}(\\.\\d{1,${scale}}0*)?$`),
            `a number with at most ${scale} decimals`,
        )
        .refine(
            (value) => limits.minimum === undefined || Number(value) >= Number(limits.minimum),
            { error: `a number of at least ${limits.minimum}` },
        )
        .refine((value) => limits.above === undefined || Number(value) > Number(limits.above), {
            error: `a number above ${limits.above}`,
        })
        .register(columnMeta, { type: `decimal(${precision},${scale})`, description, ...limits });

/** True or false. */
export const boolean = (description: string, known: Pick<ColumnMeta, 'headers'> = {}) =>
    z.stringbool().register(columnMeta, { type: 'boolean', description, ...known });

/** A column whose cell may be empty. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();

/** The columns of a row schema in the order they are declared. */
export function columnsOf(row: z.ZodObject): readonly Column[] {
    return Object.entries(row.shape).map(([name, schema]) => {
        const required = !(schema instanceof z.ZodNullable);
        const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
        const meta = columnMeta.get(inner as z.ZodType);
        if (meta === undefined) {
            throw new TypeError(`column ${name} is not made by contracts/columns.ts`);
        }
        return { name, required, ...meta };
    });
}

/** A value of this column in words, for messages: `a date like 2026-06-30`. */
export function describeExpected(column: ColumnMeta): string {
    if (column.values) return `one of ${column.values.join(', ')}`;
    if (column.parts) return partsExpected(column.parts);
    const limits = [
        column.above === undefined ? [] : [`above ${column.above}`],
        column.minimum === undefined ? [] : [`of at least ${column.minimum}`],
        column.maximum === undefined ? [] : [`of at most ${column.maximum}`],
    ].flat();
    const limit = limits.length > 0 ? ` ${limits.join(' and ').replace('and of', 'and')}` : '';
    switch (column.type) {
        case 'varchar':
            return 'text';
        case 'bigint':
            return `a whole number${limit}`;
        case 'boolean':
            return 'true or false';
        case 'date':
            return 'a date like 2026-06-30';
        case 'timestamp':
            return 'an instant like 2026-06-30 14:05:00';
        default: {
            const [, precision, scale] = /\((\d+),(\d+)\)/.exec(column.type) ?? [];
            const whole = Number(precision) - Number(scale);
            const decimals = column.rounds ? '' : ` and ${scale} decimals`;
            return `a number${limit} with at most ${whole} digits before the point${decimals}`;
        }
    }
}
