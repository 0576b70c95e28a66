import { z } from 'zod';
import { connectionBase, deepReload, reloadDays, type SystemSettings } from '../api/settings.ts';

export const yandexDirect = {
    system: 'yandex_direct',
    title: 'Yandex Direct',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('yandex_direct'),
        /** Logins of the clients of an agency; left out, the account whose token it is. */
        client_logins: z.array(z.string().min(1)).min(1).optional(),
        version: z.enum(['v5', 'v501']).default('v5'),
        reload_days: reloadDays(30),
        ...deepReload,
    }),
    streams: ['ad_spend'],
    secrets: [
        { name: 'token', what: 'OAuth token' },
        {
            name: 'client_id',
            what: 'client id of the application, to get a token',
            isOptional: true,
        },
        { name: 'client_secret', what: 'its secret', isOptional: true },
    ],
    asked: [
        {
            name: 'client_logins',
            what: 'logins of the clients, if the token is that of an agency',
            example: 'client-login',
            isList: true,
            isOptional: true,
        },
    ],
    access:
        'Register an application at oauth.yandex.com with the one right direct:api, ask for access to the ' +
        'API in Direct (Tools > API) and wait until it is granted, then get a token while logged in as a ' +
        'user who may only read the account (a representative with the role read-only). A token holds ' +
        'for a year, and ends when the password changes.',
    consent: {
        endpoints: ({ address = 'https://oauth.yandex.com' }) => ({
            authorise: `${address}/authorize`,
            token: `${address}/token`,
        }),
        scopes: ['direct:api'],
        hasPkce: true,
        yields: 'token',
        redirect: { address: 'https://oauth.yandex.com/verification_code' },
    },
    version: { default: 'v5', lastDays: {} },
} as const satisfies SystemSettings;
