import { z } from 'zod';
import { maybe, scalar } from '../api/parse-page.ts';

const date = z.object({ year: z.int(), month: z.int(), day: z.int() });

/** What is not asked for by name is left out, and so are days without activity. */
export const analytics = z.object({
    elements: z.array(
        z.object({
            dateRange: z.object({ start: date, end: date }),
            /** `urn:li:sponsoredCampaign:612345001` */
            pivotValues: z.array(z.string()).min(1),
            costInLocalCurrency: scalar.default('0'),
            impressions: scalar.default('0'),
            clicks: scalar.default('0'),
            externalWebsiteConversions: scalar.default('0'),
        }),
    ),
});

export const account = z.object({ id: scalar, currency: maybe(z.string()) });

export const campaigns = z.object({
    elements: z.array(z.object({ id: scalar, name: maybe(z.string()) })),
    metadata: z.object({ nextPageToken: maybe(z.string()) }).optional(),
});

/** What the answers do not say: currencies of accounts and names of campaigns, by id. */
export const lookups = z.object({
    currencies: z.record(z.string(), z.string()),
    campaigns: z.record(z.string(), z.string()),
});

/** An answer as it came, and whose it is, which it does not say. */
export const page = z.object({ account: z.string(), answer: z.string() });

export const errorBody = z.object({
    status: z.number().optional(),
    serviceErrorCode: z.number().optional(),
    code: z.string().default(''),
    message: z.string().default(''),
});
