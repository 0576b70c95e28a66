import { z } from 'zod';
import { connectionBase, reloadDays, type SystemSettings } from '../api/settings.ts';

export const yandexMetrica = {
    system: 'yandex_metrica',
    title: 'Yandex Metrica (visits of the Logs API)',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('yandex_metrica'),
        counter_id: z.string().regex(/^\d+$/, 'the number of the counter, such as 12345678'),
        version: z.enum(['v1']).default('v1'),
        /** 99 of 100 visits are over three days after they began. */
        reload_days: reloadDays(3),
        deep_reload_days: z.int().min(1).max(365).default(14),
        deep_reload_every_days: z.int().min(1).default(7),
    }),
    streams: ['sessions'],
    secrets: [
        { name: 'token', what: 'OAuth token with the right metrika:read' },
        {
            name: 'client_id',
            what: 'client id of the application, to get a token',
            isOptional: true,
        },
        { name: 'client_secret', what: 'its secret', isOptional: true },
    ],
    asked: [{ name: 'counter_id', what: 'number of the counter', example: '12345678' }],
    access:
        'Register an application at oauth.yandex.com with the one right metrika:read, give its user guest ' +
        'access for viewing to the counter (Settings > Access), and get a token while logged in as this ' +
        'user. A token holds for a year, and ends when the password changes.',
    consent: {
        endpoints: ({ address = 'https://oauth.yandex.com' }) => ({
            authorise: `${address}/authorize`,
            token: `${address}/token`,
        }),
        scopes: ['metrika:read'],
        hasPkce: true,
        yields: 'token',
        redirect: { address: 'https://oauth.yandex.com/verification_code' },
    },
    version: { default: 'v1', lastDays: {} },
} as const satisfies SystemSettings;
