import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

/** What a transaction comes from, in full. */
const source = z.object({
    id: z.string(),
    object: z.string(),
    /** Of a refund or a dispute: the charge it takes back, by its id or in full. */
    charge: maybe(z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])),
    metadata: z.record(z.string(), z.string()).nullish(),
});

export const transaction = z.object({
    id: z.string(),
    /** In the minor unit of the currency of the balance. */
    amount: scalar,
    currency: z.string(),
    /** Seconds since 1970. */
    created: z.number(),
    reporting_category: z.string(),
    source: maybe(z.union([source, z.string()])),
});

export const transactions = z.object({
    data: z.array(transaction),
    has_more: z.boolean(),
});

export const errorBody = z.object({
    error: z.object({
        type: z.string().default(''),
        code: z.string().optional(),
        message: z.string().default(''),
    }),
});
