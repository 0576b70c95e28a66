import { z } from 'zod';

const value = z.object({ value: z.string().default('') });

export const report = z.object({
    /** An empty report has none. */
    rows: z
        .array(z.object({ dimensionValues: z.array(value), metricValues: z.array(value) }))
        .default([]),
    rowCount: z.number().default(0),
    metadata: z
        .object({
            timeZone: z.string().default('UTC'),
            /** Rows were lumped together as "(other)". */
            dataLossFromOtherRow: z.boolean().default(false),
            subjectToThresholding: z.boolean().default(false),
        })
        .prefault({}),
});

export const errorBody = z.object({
    error: z.object({
        code: z.number(),
        message: z.string().default(''),
        status: z.string().default(''),
    }),
});
