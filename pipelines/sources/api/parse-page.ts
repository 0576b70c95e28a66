import { z } from 'zod';
import { ContractError } from '../../errors.ts';
import { plainNumber, roundedTo } from './amounts.ts';
import { parseJson } from './json.ts';

/**
 * Reads a page as what it has to be.
 * @param page what was asked, as messages name it: `hubspot, deals`
 * @throws ContractError naming the place in the page
 */
export function parsePage<Schema extends z.ZodType>(
    schema: Schema,
    text: string,
    page: string,
): z.output<Schema> {
    const parsed = fastOf(schema).safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new ContractError({
        what: `A page of ${page} is not what the system promises.`,
        column: issue?.path.join('.') ?? '',
        expected: issue?.message ?? '',
        got: text.slice(0, 200),
        fix: 'check the version of the API in the connection; where it is right, report it with these lines',
        cause: parsed.error,
    });
}

const usedOnce = new WeakSet<z.ZodType>();
const compiled = new WeakMap<z.ZodType, z.ZodType>();

/** What reads a second page may read a thousand: it is compiled, which takes longer than reading one. */
function fastOf<Schema extends z.ZodType>(schema: Schema): Schema {
    if (!usedOnce.has(schema)) {
        usedOnce.add(schema);
        return schema;
    }
    const known = compiled.get(schema) ?? z.compile(schema);
    compiled.set(schema, known);
    return known as Schema;
}

/** An id or amount, which systems write as text or as a number. */
export const scalar = z.union([z.string(), z.number().transform(String)]);

/** A value that may be absent, null or an empty text. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
    z.preprocess((value) => (value === '' ? null : value), schema.nullish());

/**
 * An amount with at most two decimals that are not zero, as text. Of more, as doubles have them and dinars,
 * it is rounded half away from zero: one of them must not end a load.
 */
export const amount = scalar
    .transform(plainNumber)
    .refine((text) => /^-?\d+(\.\d*)?$/.test(text), 'an amount')
    .transform((text) => (/\.\d{2}\d*[1-9]/.test(text) ? roundedTo(text, 2) : text))
    .transform((text) => text.replace(/\.$/, ''));
