import { z } from 'zod';
import { dealPattern } from '../api/deal-reference.ts';
import { connectionBase, type SystemSettings, timezone } from '../api/settings.ts';

export const xero = {
    system: 'xero',
    title: 'Xero',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('xero'),
        tenant_id: z.uuid(
            'the tenant id of the organisation, such as 70784a63-d24b-46a9-a4db-0e70a274b056',
        ),
        /** Its documents have a day and no time. */
        timezone,
        /** Where an invoice or credit note holds the id of its deal. */
        deal_in: z.enum(['reference', 'number']).default('reference'),
        deal_pattern: dealPattern,
        version: z
            .string()
            .regex(/^\d+\.\d+$/, 'a version such as 2.0')
            .default('2.0'),
    }),
    streams: ['payments'],
    secrets: [
        { name: 'client_id', what: 'client id of the app' },
        { name: 'client_secret', what: 'client secret of the app' },
        { name: 'refresh_token', what: 'refresh token' },
    ],
    asked: [
        {
            name: 'tenant_id',
            what: 'tenant id of the organisation',
            example: '70784a63-d24b-46a9-a4db-0e70a274b056',
        },
        { name: 'timezone', what: 'time zone of the organisation', example: 'Europe/London' },
    ],
    access:
        'At developer.xero.com make a web app and let an adviser of the organisation consent to it with the ' +
        'scopes offline_access, accounting.payments.read, accounting.invoices.read and ' +
        'accounting.settings.read (apps made before March 2026 may still use accounting.transactions.read, ' +
        'until September 2027). GET https://api.xero.com/connections lists the tenant ids that the token ' +
        'reaches. The refresh token changes with each use and dies after 60 days without one; the newest is ' +
        'kept in the state folder, which belongs into the backup.',
    consent: {
        endpoints: ({ address }) => ({
            authorise: `${address ?? 'https://login.xero.com'}/identity/connect/authorize`,
            token: address ? `${address}/connect/token` : 'https://identity.xero.com/connect/token',
        }),
        scopes: [
            'offline_access',
            'accounting.payments.read',
            'accounting.invoices.read',
            'accounting.settings.read',
        ],
        // Xero has it for apps without a secret.
        hasPkce: false,
        yields: 'refresh_token',
        isBasic: true,
        redirect: { host: 'localhost' },
    },
    version: { default: '2.0', lastDays: {} },
} as const satisfies SystemSettings;
