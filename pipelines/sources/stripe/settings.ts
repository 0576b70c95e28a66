import { z } from 'zod';
import { connectionBase, type SystemSettings } from '../api/settings.ts';

export const stripe = {
    system: 'stripe',
    title: 'Stripe',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('stripe'),
        version: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}(\.\w+)?$/, 'a version such as 2026-08-26.dahlia')
            .default('2026-08-26.dahlia'),
        /** Key of the metadata of a charge that holds the id of the deal it pays. */
        deal_metadata: z.string().min(1).default('deal_id'),
    }),
    streams: ['payments'],
    secrets: [{ name: 'key', what: 'restricted key, rk_live_...' }],
    asked: [],
    access:
        'In the Stripe dashboard, under Developers > API keys, create a restricted key with Read on Balance ' +
        'transaction sources, Charges and Refunds, and Disputes, and None on everything else. Do not use the ' +
        'secret key, which may move money. Let your shop write the id of the deal into the metadata of ' +
        'each payment (deal_id), or payments are not known to pay any deal.',
    version: { default: '2026-08-26.dahlia', lastDays: {} },
} as const satisfies SystemSettings;
