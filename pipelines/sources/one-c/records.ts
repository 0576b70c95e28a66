import { z } from 'zod';
import { scalar } from '../api/parse-page.ts';

/** A document; what else it holds is named in the config. */
export const document = z
    .object({
        Ref_Key: z.string(),
        /** As the clocks of the infobase show it. */
        Date: z
            .string()
            .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'a time such as 2026-10-05T10:00:00'),
        DeletionMark: z.boolean(),
        Posted: z.boolean(),
    })
    .catchall(z.unknown());

export type OneCDocument = z.output<typeof document>;

export const documents = z.object({ value: z.array(document) });

export const currencies = z.object({
    value: z.array(
        z.object({ Ref_Key: z.string(), Code: scalar, Description: z.string().default('') }),
    ),
});

export const lookups = z.object({ currencies: z.record(z.string(), z.string()).default({}) });

export type Lookups = z.output<typeof lookups>;

export const errorBody = z.object({
    'odata.error': z.object({
        code: scalar.default(''),
        message: z.object({ value: z.string().default('') }),
    }),
});
