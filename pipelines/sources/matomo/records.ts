import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

/** One object, or a list with it in versions before 4. */
export const siteAnswer = z.preprocess(
    (answer) => (Array.isArray(answer) ? answer[0] : answer),
    z.object({ idsite: scalar, name: z.string().default(''), timezone: z.string() }),
);

export const visits = z.array(
    z.object({
        idVisit: scalar,
        visitorId: z.string(),
        /** Seconds since 1970. */
        firstActionTimestamp: z.coerce.number(),
        referrerType: maybe(z.string()),
        referrerUrl: maybe(z.string()),
        /** Of a campaign its name and keyword, which Matomo takes off the addresses of pages. */
        referrerName: maybe(z.string()),
        referrerKeyword: maybe(z.string()),
        campaignSource: maybe(z.string()),
        campaignMedium: maybe(z.string()),
        campaignName: maybe(z.string()),
        campaignContent: maybe(z.string()),
        campaignKeyword: maybe(z.string()),
        campaignId: maybe(scalar),
        actionDetails: z
            .array(z.object({ type: z.string().default(''), url: maybe(z.string()) }))
            .default([]),
    }),
);

/** What is asked for: of the person no more than the number of the browser. */
export const visitColumns = [
    'idVisit',
    'visitorId',
    'firstActionTimestamp',
    'referrerType',
    'referrerUrl',
    'referrerName',
    'referrerKeyword',
    'campaignSource',
    'campaignMedium',
    'campaignName',
    'campaignContent',
    'campaignKeyword',
    'campaignId',
    'actionDetails',
] as const;

export const errorBody = z.object({ result: z.literal('error'), message: z.string().default('') });
