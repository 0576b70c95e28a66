import { z } from 'zod';
import { scalar } from '../api/parse-page.ts';

/** Days and channels without visits are absent. */
export const queryAnswer = z.object({
    results: z.array(
        z.object({
            /** Day and channel, as they were asked for. */
            dimensions: z.tuple([z.string(), z.string()]),
            /** Visits and pages. */
            metrics: z.tuple([scalar, scalar]),
        }),
    ),
    meta: z.object({ total_rows: z.number().optional() }).default({}),
});

export const errorBody = z.object({ error: z.string() });
